internal import ChiasmLinearAlgebra
internal import ChiasmResponses

extension ComparisonRun {
  /// Units that are left out, and what few stimuli cannot tell.
  static func notes(on pair: ResponsePair, _ settings: ComparisonSettings) -> [String] {
    let rows = Array(pair.stimulusIDs.indices)
    let stages = (pair.source.stages + pair.target.stages).map { stage in
      LeftOutUnits(
        stage: stage.name, unitCount: stage.unitCount,
        counts: [
          stage.unitCount - Standardization(fitting: stage, rows: rows).varyingColumns.count
        ])
    }
    return [LeftOutUnits.sentence(stages, stimuli: "stimuli")].compactMap { $0 }
      + notes(onFew: rows.count, settings)
  }

  private static func notes(onFew count: Int, _ settings: ComparisonSettings) -> [String] {
    guard count < 10 else { return [] }
    let orders = (1...count).reduce(1, *)
    return [
      "Only \(count) common stimuli, which make \(count * (count - 1) / 2) pairs: unrelated stages may "
        + "have great values by chance"
        + (settings.permutationCount > 0
          ? ", and stimuli can be put in \(orders) orders, so that no p far below 1/\(orders) is possible."
          : "; --permutations tells how great.")
    ]
  }
}
