/// A division of stimuli into those that a fit sees and those that judge it.
public struct Split: Equatable, Sendable {
  /// The name that results carry: of the split file's column, or `split_1` ….
  public let name: String
  /// Positions of the training stimuli, ascending.
  public let training: [Int]
  /// Positions of the held-out stimuli, ascending.
  public let heldOut: [Int]

  /// Takes positions in any order.
  public init(name: String, training: [Int], heldOut: [Int]) {
    self.name = name
    self.training = training.sorted()
    self.heldOut = heldOut.sorted()
  }
}

extension Split {
  /// Random splits `split_1` … of stimuli 0 ..< `stimulusCount`.
  ///
  /// Each puts ⌊`stimulusCount` · `trainingFraction` + ½⌋ stimuli in training, but leaves at least
  /// `leastHeldOut` where there are as many, drawn without replacement from stream k of the seed, so
  /// that split k does not depend on how many there are.
  public static func random(
    count: Int, stimulusCount: Int, trainingFraction: Double, seed: UInt64, leastHeldOut: Int = 0
  ) -> [Split] {
    let wanted = Int((Double(stimulusCount) * trainingFraction).rounded())
    let trainingCount = max(0, min(wanted, stimulusCount - leastHeldOut))
    return (1...max(count, 1)).prefix(count).map { number in
      var generator = SeededGenerator(seed: seed, stream: UInt64(number))
      let order = generator.permutation(of: stimulusCount)
      return Split(
        name: "split_\(number)", training: Array(order.prefix(trainingCount)),
        heldOut: Array(order.dropFirst(trainingCount)))
    }
  }
}
