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

  /// How far the error of the held-out score of one split goes with that of another of the same stimuli:
  /// an assumed correlation, for the spread of their mean.
  ///
  /// With held-out stimuli H and training stimuli T, the error being the score on H less that on all
  /// stimuli there could be, the fit kept:
  ///
  ///     ρ = |H₁ ∩ H₂| / √(|H₁| |H₂|) + ¼ · |H₁ ∩ T₂| |H₂ ∩ T₁| / √(|H₁| |T₁| |H₂| |T₂|)
  ///
  /// The first part takes the fits for equal, so that a stimulus held out twice errs alike both times.
  /// The second is for pairs of stimuli that change sides: each judges a fit that the other shaped. A
  /// quarter is the assumed share of the errors' variance that depends on single training stimuli; it
  /// was chosen by simulation (Benchmarks, calibration). Like the correction of NadeauBengio2003 this is
  /// a rule: the correlation itself cannot be estimated from one set of data.
  ///
  /// Symmetric; 1 with itself, 0 where a split holds out nothing.
  public func errorCorrelation(with other: Split) -> Double {
    let tests = Double(heldOut.count * other.heldOut.count).squareRoot()
    let trainings = Double(training.count * other.training.count).squareRoot()
    guard tests > 0 else { return 0 }
    let sharedCount = Self.sharedCount(heldOut, other.heldOut)
    let changingCount =
      Self.sharedCount(heldOut, other.training) * Self.sharedCount(other.heldOut, training)
    let changing = changingCount == 0 ? 0 : Double(changingCount) / (4 * tests * trainings)
    return Double(sharedCount) / tests + changing
  }

  private static func sharedCount(_ one: [Int], _ other: [Int]) -> Int {
    Set(one).intersection(other).count
  }
}
