internal import ChiasmResponses
internal import ChiasmStatistics

/// Some units of every stage, drawn at random (`--max-units`).
struct UnitSubsample: Sendable {
  private let limit: Int?
  private let seed: UInt64

  /// A draw of at most `limit` units a stage, of all when nil.
  ///
  /// - Throws: `setting` when nothing would be left.
  init(atMost limit: Int?, seed: UInt64) throws(WorkflowError) {
    if let limit, limit < 1 {
      throw .setting(
        name: "The greatest number of units", expected: "at least 1", actual: "\(limit)")
    }
    self.limit = limit
    self.seed = seed
  }

  /// The pair with the units that are drawn. Each stage is a stream of the seed.
  func callAsFunction(_ pair: ResponsePair) -> ResponsePair {
    guard let limit else { return pair }
    return pair.mapStages { stage, number in
      guard stage.unitCount > limit else { return stage }
      var generator = SeededGenerator(seed: seed, stream: 0x5A3D_0000 + UInt64(number))
      let order = generator.permutation(of: stage.unitCount)
      return stage.selectingUnits(order.prefix(limit).sorted())
    }
  }
}
