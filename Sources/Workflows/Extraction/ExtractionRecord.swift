internal import ChiasmResults
internal import ChiasmImaging

/// `provenance.json` of an extraction: how it was made, and counts of everything that was dropped.
struct ExtractionRecord: Codable, Equatable {
  struct Settings: Codable, Equatable {
    /// Absent where `stimulus_id` or `stim_file` names stimuli.
    let stimulus_column: String?
    let grid_tolerance: Double?
    let scale: Double
    let standardize: String
    let repeats: String
    let missing: String
    let min_noise_ceiling: Double?
    let reliability: String
  }

  /// Where the column `noise_ceiling` of the tables of units comes from.
  struct NoiseCeiling: Codable, Equatable {
    let source: NoiseCeilingSource
    /// The stimuli whose halves were correlated; absent, as what follows, for another source.
    let repeated_stimuli: Int?
    /// How many of them had halves across sessions; the others had them across runs of one session.
    let across_sessions: Int?
    /// Stimuli without halves, because all their repeats lie in one session and run.
    let within_one_block: Int?
  }

  struct Session: Codable, Equatable {
    let name: String
    /// The table whose rows were paired with the images.
    let trials: String
    let images: [String]
    let volumes: Int
    let volumes_without_stimulus: Int
  }

  struct Region: Codable, Equatable {
    let name: String
    let voxels: Int
    let kept: Int
    /// The causes with their counts; every cause, with 0 where there is none.
    let dropped: [String: Int]
    /// The labels that make the region, each with its atlas.
    let labels: [String]
    /// The median of its units' noise ceilings; absent where none is known.
    let median_noise_ceiling: Double?
    /// How well the halves of repeated stimuli agree; absent where they were not compared.
    let half_agreement: HalfAgreement?
  }

  let provenance: Provenance
  let settings: Settings
  let sessions: [Session]
  /// Rows of the matrices.
  let rows: Int
  /// How many stimuli were shown how often: keys are numbers of repeats.
  let stimuli_by_repeats: [String: Int]
  /// Absent where there are no noise ceilings.
  let noise_ceiling: NoiseCeiling?
  let regions: [Region]
  /// Voxels of an overlap, counted in more than one region.
  let voxels_in_several_regions: Int
  let labels_without_voxels: [String]
  /// What makes the result doubtful.
  let warnings: [String]

  init(_ extraction: Extraction) {
    provenance = extraction.provenance
    settings = Settings(extraction.settings)
    sessions = extraction.recording.sessions.indices.map { Session(extraction, $0) }
    rows = extraction.stimulusCount
    stimuli_by_repeats = Dictionary(
      extraction.stimuli.rows.map { (String($0.volumeCount), 1) }, uniquingKeysWith: +)
    noise_ceiling = extraction.noiseCeilingSource.map {
      NoiseCeiling($0, $0 == .splitHalf ? extraction.repeated : nil)
    }
    regions = extraction.regions.indices.map { Region(extraction, $0) }
    warnings = extraction.warnings
    voxels_in_several_regions =
      extraction.regions.reduce(0) { $0 + $1.voxels.count } - extraction.union.count
    labels_without_voxels = extraction.report.emptyLabels.map { "\($0.source): \($0.name)" }
  }
}

extension ExtractionRecord.Settings {
  init(_ settings: ExtractionSettings) {
    stimulus_column = settings.stimulusColumn
    grid_tolerance = settings.gridTolerance
    scale = settings.scale
    standardize = settings.standardization.rawValue
    repeats = settings.repeats.rawValue
    missing = settings.missing.rawValue
    min_noise_ceiling = settings.minimumNoiseCeiling
    reliability = settings.reliability.rawValue
  }
}

extension ExtractionRecord.NoiseCeiling {
  init(_ source: NoiseCeilingSource, _ repeated: RepeatedStimuli?) {
    self.source = source
    repeated_stimuli = repeated?.count
    across_sessions = repeated?.acrossSessions
    within_one_block = repeated?.withinOneBlock
  }
}

extension ExtractionRecord.Session {
  init(_ extraction: Extraction, _ index: Int) {
    let session = extraction.trials.sessions[index]
    trials = extraction.paths(session.table)
    name = session.ownName ?? trials
    images = extraction.recording.sessions[index].map { extraction.paths($0.path) }
    volumes = extraction.stimuli.rowOfVolume[index].count
    volumes_without_stimulus = extraction.stimuli.rowOfVolume[index].count { $0 == nil }
  }
}

extension ExtractionRecord.Region {
  init(_ extraction: Extraction, _ index: Int) {
    let region = extraction.regions[index]
    name = region.name
    voxels = region.voxels.count
    kept = region.count(.kept)
    dropped = Dictionary(
      uniqueKeysWithValues: VoxelVerdict.allCases.filter { $0 != .kept }
        .map { ($0.rawValue, region.count($0)) })
    labels = extraction.report.regions[index].labels.map { "\($0.source): \($0.name)" }
    median_noise_ceiling = extraction.medianNoiseCeiling(of: region)
    half_agreement = extraction.agreements[index]
  }
}

/// What the noise ceilings of an extraction were taken from.
public enum NoiseCeilingSource: String, Codable, Sendable {
  /// An image of noise-ceiling signal-to-noise ratios.
  case ncsnr
  /// The correlation of the halves of stimuli that were shown in more than one session or run.
  case splitHalf = "split-half"
}
