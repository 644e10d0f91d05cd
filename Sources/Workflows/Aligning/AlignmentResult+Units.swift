internal import ChiasmAlignment

extension AlignmentResult {
  /// How many units of each stage are left out because they do not vary over the training stimuli of a
  /// split; nil where none is.
  public var leftOutLine: String? {
    func stages(_ side: (FittedTransport) -> [FittedStage]) -> [LeftOutUnits] {
      side(splits[0].fit).indices.map { place in
        let fits = splits.map { side($0.fit)[place] }
        return LeftOutUnits(
          stage: fits[0].name, unitCount: fits[0].originalUnitCount,
          counts: fits.map { $0.originalUnitCount - $0.unitColumns.count })
      }
    }
    return LeftOutUnits.sentence(
      stages(\.source) + stages(\.target), stimuli: "training stimuli")
  }
}
