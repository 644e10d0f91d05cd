internal import ChiasmAlignment
internal import ChiasmFiles
internal import ChiasmImaging
internal import ChiasmResults
internal import ChiasmLinearAlgebra
internal import ChiasmStatistics

/// The maps of an alignment on the grid of the recording: a value a voxel.
///
/// Outside the regions float maps hold NaN and label maps 0. Where regions overlap, float maps hold
/// the mean over the regions and label maps the first region's label.
struct AlignmentMaps {
  private let alignment: FinishedAlignment
  /// The units that were used.
  private let masker: Masker
  private var result: AlignmentResult { alignment.result }

  init(_ alignment: FinishedAlignment, _ recording: Masker) {
    self.alignment = alignment
    masker = recording.choosing(alignment.unitNumbers.source)
  }

  func write(to folder: OutputFolder) throws {
    try writeShares(to: folder)
    try writeDepths(to: folder)
    try writeBestLayers(to: folder)
    try writeScores(to: folder)
  }

  private func writeShares(to folder: OutputFolder) throws {
    let shares = result.coupling.share
    try write(
      result.target.stages.indices.map { column in
        masker.map { stage, _ in shares[stage][column] ?? .nan }
      }, named: "coupling_share", isSeries: true, to: folder,
      Sidecar(
        Description: "Coupling share of the voxel's region, its part of P divided by the region's "
          + "mass, mean over splits; one volume a target stage, a region's volumes sum to 1; NaN for a "
          + "region without mass in some split", Units: "1", Volumes: result.target.stages))
  }

  private func writeDepths(to folder: OutputFolder) throws {
    let depths = result.coupling.expected_depth
    try write(
      [masker.map { stage, _ in depths[stage] ?? .nan }], named: "expected_depth", isSeries: false,
      to: folder,
      Sidecar(
        Description: "Mean place of the voxel's region in the target's hierarchy, weighted by "
          + "coupling share; 1 is the first target stage, \(result.target.stages.count) the last",
        Units: "target stage, counted from 1", Volumes: nil))
  }

  private func writeScores(to folder: OutputFolder) throws {
    let scores = alignment.unitScores
    try writeNormalized(scores, to: folder)
    try write(
      [masker.map { stage, unit in scores[stage][unit] }], named: "heldout_score", isSeries: false,
      to: folder,
      Sidecar(
        Description:
          "Correlation of the voxel's held-out responses with their HOT prediction, mean "
          + "over splits; NaN also for voxels without variance and for those that --max-units left out",
        Units: "Pearson's r", Volumes: nil)
    )
  }

  /// A second map when ceilings were asked for.
  private func writeNormalized(_ scores: [[Double]], to folder: OutputFolder) throws {
    guard let ceilings = alignment.ceilings else { return }
    let normalized = zip(scores, ceilings.stages).map {
      ceilings.normalization.normalize($0, ceilings: $1)
    }
    try write(
      [masker.map { stage, unit in normalized[stage][unit] }], named: "heldout_score_normalized",
      isSeries: false, to: folder,
      Sidecar(
        Description:
          "The held-out score of the voxel divided by the square root of its noise ceiling; NaN also "
          + "where the ceiling is below \(ceilings.normalization.floor) or not known",
        Units: "Pearson's r without the noise of the recording", Volumes: nil))
  }

  private func writeBestLayers(to folder: OutputFolder) throws {
    let labels = result.coupling.best_layer.map { name -> Int32? in
      name.flatMap { result.target.stages.firstIndex(of: $0) }.map { Int32($0 + 1) }
    }
    try NIfTIWriter.write(
      masker.labels { labels[$0] }, to: folder.path(for: "maps/best_layer_dseg.nii.gz"),
      like: masker.image)
    let table = Table(
      columns: ["index", "name"],
      rows: result.target.stages.enumerated().map { [String($0 + 1), $1] })
    try table.write(to: folder.path(for: "maps/best_layer_dseg.tsv"))
    let sidecar = Sidecar(
      Description: "The target stage with the greatest coupling share of the voxel's region, mean "
        + "over splits; of equal shares the one of least cost, 0 where all are equal", Units: nil,
      Volumes: nil,
      OverlappingVoxels: "label of the first region in order")
    try JSONFile.write(sidecar, to: folder.path(for: "maps/best_layer_dseg.json"))
  }
}

extension AlignmentMaps {
  /// What a JSON sidecar says of a map; its keys are BIDS's where BIDS has one.
  struct Sidecar: Codable {
    let Description: String
    let Units: String?
    /// The name of each volume of a 4-D map.
    let Volumes: [String]?
    var OverlappingVoxels = "mean over the regions that a voxel belongs to"

    /// A key of BIDS that a map has nothing for is left out.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(Description, forKey: .Description)
      if let Units { try container.encode(Units, forKey: .Units) }
      if let Volumes { try container.encode(Volumes, forKey: .Volumes) }
      try container.encode(OverlappingVoxels, forKey: .OverlappingVoxels)
    }
  }

  private func write(
    _ volumes: [[Double]], named name: String, isSeries: Bool, to folder: OutputFolder,
    _ sidecar: Sidecar
  ) throws {
    try NIfTIWriter.write(
      volumes, to: folder.path(for: "maps/\(name).nii.gz"), like: masker.image,
      isSeries: isSeries)
    try JSONFile.write(sidecar, to: folder.path(for: "maps/\(name).json"))
  }
}
