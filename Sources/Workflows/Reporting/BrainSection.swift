internal import ChiasmAlignment
internal import ChiasmImaging
internal import ChiasmReporting

/// Where in the brain the numbers lie.
struct BrainSection: ReportSection {
  let reading: AlignmentReading
  let anchor = "brain"
  let heading = "In the brain"

  init(_ reading: AlignmentReading) { self.reading = reading }

  var pieces: [ReportPiece] {
    guard let maps = reading.maps else {
      return [
        .note(
          "The source has no place in a brain, so there are no maps: 'chiasm extract' writes the places "
            + "of voxels beside the responses.")
      ]
    }
    return views(maps).map(ReportPiece.figure) + distributionPieces(maps)
  }

  private func distributionPieces(_ maps: BrainMaps) -> [ReportPiece] {
    let scores = voxelScores(maps)
    guard !scores.isEmpty else {
      return [
        .note(
          (reading.source.absence ?? "The source does not tell the places of its voxels.")
            + " Scores of voxels by \(reading.sourceNoun) are therefore not shown.")
      ]
    }
    let rows = zip(reading.sourceNames, scores).map { name, scores in
      [name, String(scores.count)] + ReportText.quantiles(scores)
    }
    return [
      .figure(distributions(scores)),
      .table(
        "Quantiles of the voxels' held-out scores",
        [reading.sourceNoun, "voxels"] + ReportText.quantileNames, rows),
    ]
  }

  /// For each region the scores of its voxels that have one; empty if the voxels' places are not known.
  ///
  /// A voxel in several regions has the mean of its scores, as in the map.
  private func voxelScores(_ maps: BrainMaps) -> [[Double]] {
    guard let recording = reading.source.recording,
      recording.grid.shape == maps.heldOutScore.grid.shape
    else { return [] }
    let values = maps.heldOutScore.values
    return recording.voxels.map { voxels in voxels.map { values[$0] }.filter(\.isFinite) }
  }

  var distributionCaption: String {
    "Held-out scores of single voxels, mean over \(reading.splitCount), one distribution a "
      + "\(reading.sourceNoun). Noise differs from voxel to voxel: a low score need not be a poor match."
  }
}
