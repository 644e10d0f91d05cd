public import ChiasmResults
public import ChiasmImaging
public import ChiasmLinearAlgebra
public import ChiasmResponses
internal import ChiasmReporting
internal import ChiasmStatistics

/// The responses of regions, extracted but not yet written.
public struct Extraction: Sendable {
  /// One region and what became of its voxels.
  public struct ExtractedRegion: Sendable {
    /// The name of the region.
    public let name: String
    /// All its voxels, as places in the grid's storage, ascending.
    public let voxels: [Int]
    /// What became of each.
    public let verdicts: [VoxelVerdict]
    /// Where each voxel stands in the accumulator.
    let columns: [Int]

    /// The voxels that are kept: the units of the region.
    public var keptVoxels: [Int] {
      zip(voxels, verdicts).filter { $0.1 == .kept }.map(\.0)
    }

    /// Where the voxels that are kept stand in the accumulator.
    var keptColumns: [Int] {
      zip(columns, verdicts).filter { $0.1 == .kept }.map(\.0)
    }

    /// How many voxels have this verdict.
    public func count(_ verdict: VoxelVerdict) -> Int { verdicts.count { $0 == verdict } }

    /// Why voxels are dropped, with how many: `3 constant in a session`.
    var causes: [String] {
      VoxelVerdict.allCases.filter { $0 != .kept && count($0) > 0 }
        .map { "\(count($0)) \($0.phrase)" }
    }
  }

  /// How it was asked for.
  public let settings: ExtractionSettings
  /// The header of the first image, whose grid and codes results take over.
  public let header: NIfTIHeader
  /// The regions in order.
  public let regions: [ExtractedRegion]
  /// What the regions were made from.
  public let report: RegionReport
  /// How it was made.
  public let provenance: Provenance
  /// How the record names files.
  let paths: RecordedPaths
  let recording: Recording
  let trials: TrialTable
  let stimuli: StimulusRows
  /// Every voxel of any region, ascending: the columns of the accumulator.
  let union: [Int]
  let accumulator: VoxelAccumulator
  /// Noise ceiling of each voxel of `union`; nil without a source of them.
  let ceilings: [Double]?
  /// What the noise ceilings were taken from; nil if there are none.
  public let noiseCeilingSource: NoiseCeilingSource?
  /// The stimuli whose halves were compared; nil if none were.
  let repeated: RepeatedStimuli?
  /// For each region how well the halves agree; nil where that is not known.
  let agreements: [HalfAgreement?]

  /// The number of rows of every response matrix.
  public var stimulusCount: Int { stimuli.rows.count }
  /// The number of volumes that were read.
  public var volumeCount: Int { stimuli.rowOfVolume.reduce(0) { $0 + $1.count } }
  /// The volumes without a stimulus, which are not used.
  public var unusedVolumeCount: Int { stimuli.unusedVolumeCount }

  /// Stimuli × units of one region, made anew at each call so that memory holds one region at a time.
  public func responses(of region: ExtractedRegion) -> Matrix<Float> {
    accumulator.means(of: region.keptColumns)
  }

  /// The noise ceiling of every unit of a region, NaN where it is not known; nil if there is no source.
  public func noiseCeilings(of region: ExtractedRegion) -> [Double]? {
    ceilings.map { ceilings in region.keptColumns.map { ceilings[$0] } }
  }

  /// The median of the noise ceilings of a region's units that are known; nil if there are none.
  public func medianNoiseCeiling(of region: ExtractedRegion) -> Double? {
    let known = (noiseCeilings(of: region) ?? []).filter { !$0.isNaN }
    return known.isEmpty ? nil : Quantiles(known).median
  }

  /// Where the units lie.
  public var space: UnitSpace { .volume(header.grid) }
}

extension Extraction {
  /// What was extracted and what was dropped, in a few lines for the terminal.
  public var summary: String {
    let rows =
      settings.repeats == .average
      ? "\(ReportText.count(stimulusCount, "stimulus")) from \(ReportText.count(volumeCount, "volume"))"
      : ReportText.count(stimulusCount, "trial")
    let unused =
      unusedVolumeCount == 0
      ? "" : ", \(ReportText.count(unusedVolumeCount, "volume")) without stimulus"
    return (["\(rows)\(unused)."] + regions.map(line)).joined(separator: "\n")
  }

  private func line(_ region: ExtractedRegion) -> String {
    let causes = region.causes.joined(separator: ", ")
    let dropped = causes.isEmpty ? "" : " of \(region.voxels.count); " + causes
    return
      "\(region.name): \(ReportText.count(region.count(.kept), "voxel"))\(dropped)\(ceiling(region))"
  }

  private func ceiling(_ region: ExtractedRegion) -> String {
    guard let ceilings = noiseCeilings(of: region) else { return "" }
    let unknown = ceilings.count(where: \.isNaN)
    return "; median noise ceiling "
      + NumberText.fixed(medianNoiseCeiling(of: region), decimals: 3)
      + (unknown > 0 ? " (\(unknown) not known)" : "")
  }

  /// What makes the result doubtful, for the user to see.
  public var warnings: [String] {
    let doubtful = zip(regions, agreements).compactMap { region, agreement in
      agreement.flatMap { $0.isByChance ? (region.name, $0) : nil }
    }
    guard !doubtful.isEmpty else { return [] }
    let numbers = doubtful.map { name, agreement in
      "\(name) \(NumberText.fixed(agreement.correlation, decimals: 3)) (wrong pairs up to "
        + "\(NumberText.fixed(agreement.greatest_wrong, decimals: 3)))"
    }
    return [
      "Warning: repeats of a stimulus agree no better than different stimuli do. Mean correlation of "
        + "the halves: \(numbers.joined(separator: ", ")). Check that images and rows of the trial "
        + "table belong together."
    ]
  }
}

/// Whether a voxel is kept, and if not, why.
public enum VoxelVerdict: String, CaseIterable, Codable, Sendable {
  /// It is kept.
  case kept
  /// It holds a NaN or an infinity in some session.
  case notFinite = "not_finite"
  /// It does not vary within some session.
  case constant
  /// Its signal-to-noise ratio is not finite, or a half of its repeats does not vary.
  case noNoiseCeiling = "no_noise_ceiling"
  /// Its noise ceiling is below the least that was asked for.
  case lowNoiseCeiling = "low_noise_ceiling"

  /// The verdict in words, for a message.
  var phrase: String {
    switch self {
    case .kept: "kept"
    case .notFinite: "not finite in a session"
    case .constant: "constant in a session"
    case .noNoiseCeiling: "without a noise ceiling"
    case .lowNoiseCeiling: "below the least noise ceiling"
    }
  }
}
