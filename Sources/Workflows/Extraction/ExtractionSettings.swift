internal import ChiasmFiles
internal import ChiasmResponses
internal import ChiasmImaging
internal import Foundation

/// What is to be extracted from where, as the user said it.
public struct ExtractionSettings: Sendable {
  /// What is done with voxels without data in a session.
  public enum Missing: String, Sendable, CaseIterable { case drop, error }
  /// How responses are standardised.
  public enum Standardization: String, Sendable, CaseIterable {
    /// Not at all.
    case none
    /// Each session by the mean and SD of its volumes with a stimulus.
    case session
    /// Each session by the mean and SD of all its volumes.
    case sessionAll = "session-all"
  }
  /// Where noise ceilings come from when there is no image of signal-to-noise ratios.
  public enum Reliability: String, Sendable, CaseIterable {
    /// From nowhere.
    case none
    /// From split halves of the repeats, where enough stimuli are repeated.
    case splitHalf = "split-half"
  }
  /// What is done with the repeats of a stimulus.
  public enum Repeats: String, Sendable, CaseIterable { case average, keep }

  /// The recordings, one 4-D image a session or many 3-D ones, in order; or datasets of betas.
  public var images: [String]
  /// The trial tables: one for all sessions, or one a session.
  public var trials: [String]
  /// The column of the trial tables that names stimuli; nil for `stimulus_id` or `stim_file`.
  public var stimulusColumn: String?
  /// Where the regions come from.
  public var regions: RegionRequest
  /// How far, in mm, the corners of two grids may lie apart that are taken as one.
  public var gridTolerance: Double
  /// What responses are multiplied by, after the images' own scaling.
  public var scale: Double
  /// How responses are standardised.
  public var standardization: Standardization
  /// What is done with repeats.
  public var repeats: Repeats
  /// What is done with voxels without data.
  public var missing: Missing
  /// An image of the noise-ceiling signal-to-noise ratio of each voxel.
  public var signalToNoise: String?
  /// Where noise ceilings come from without such an image.
  public var reliability: Reliability
  /// The least noise ceiling, as a share of variance, with which a voxel is kept.
  public var minimumNoiseCeiling: Double?

  /// Extracts `regions` from `images` with the defaults of the command.
  public init(images: [String], trials: [String], regions: RegionRequest) {
    self.images = images
    self.trials = trials
    self.regions = regions
    gridTolerance = Grid.tolerance
    scale = 1
    standardization = .none
    repeats = .average
    missing = .drop
    reliability = .splitHalf
  }
}

/// Where regions come from, as the user said it.
public struct RegionRequest: Sendable {
  /// Label images, each `IMAGE` or `IMAGE:TABLE`, an empty table being none (see `ImageArgument`).
  public var atlases: [String] = []
  /// Masks, each `NAME=IMAGE`, of a volume or by a threshold where these are named.
  public var masks: [String] = []
  /// Regions to make, each `NAME=LABEL+LABEL…` or a label's name.
  public var merges: [String] = []
  /// The scheme whose merges and label names are used, with the folder of schemes.
  public var scheme: (name: String, folder: String)?
  /// A mask of the voxels that may belong to a region at all.
  public var overallMask: String?

  /// No regions yet.
  public init() {}
}

extension RegionRequest {
  /// The regions that were asked for, made of what was read.
  struct ReadRegions {
    let set: RegionSet
    let report: RegionReport
    /// The files that were read.
    let files: [String]
    /// What the user should know.
    let notes: [String]
  }

  /// The path of the first image of regions.
  ///
  /// - Throws: `noRegions`.
  var firstImage: String {
    get throws {
      if let atlas = atlases.first { return try RegionArgument(atlas: atlas).image.path }
      guard let mask = masks.first else { throw ImagingError.noRegions }
      return try RegionArgument(mask: mask).image.path
    }
  }

  /// Reads every image and makes the regions, on the grid of a recording.
  func regions(on space: RecordingSpace) throws -> ReadRegions {
    let scheme = try scheme.map {
      try AtlasCatalogue(folder: $0.folder).scheme(named: $0.name)
    }
    var images = SpatialImages(space: space)
    var tables: [String] = []
    var notes: [String] = []
    var sources = try atlases.map { text in
      let argument = try RegionArgument(atlas: text)
      let labels = try images.labels(argument.image)
      let (table, path, problems) = try Self.table(of: argument.image, labels)
      tables += [path].compactMap { $0 }
      notes += problems
      return RegionSource.atlas(
        name: argument.name, image: labels,
        table: try table ?? scheme?.table(forImage: argument.name, labels: labels.labels))
    }
    sources += try masks.map { text in
      let argument = try RegionArgument(mask: text)
      return .mask(name: argument.name, mask: try images.mask(argument.image))
    }
    let inside = try overallMask.map { try images.mask(ImageArgument(mask: $0)) }
    let wanted = try merges.map { try RegionMerge($0) }
    let made = try RegionSet.assembled(
      from: sources, merges: wanted.isEmpty ? scheme?.merges ?? [] : wanted, inside: inside)
    return ReadRegions(
      set: made.regions, report: made.report, files: images.paths + tables,
      notes: images.notes + notes)
  }

  /// The table that was written, or the one beside the image.
  private static func table(
    of image: ImageArgument, _ labels: LabelImage
  ) throws -> (table: LabelTable?, path: String?, notes: [String]) {
    if let path = image.table {
      return path.isEmpty ? (nil, nil, []) : (try LabelTable.read(path: path), path, [])
    }
    let beside = try LabelTable.beside(image, labels: labels.distinctLabels)
    return (beside.table, beside.path, beside.notes)
  }
}
