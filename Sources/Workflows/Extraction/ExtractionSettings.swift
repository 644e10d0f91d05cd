internal import ChiasmImaging

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

  /// The recordings, one 4-D image a session or many 3-D ones, in order.
  public var images: [String]
  /// The trial tables: one for all sessions, or one a session.
  public var trials: [String]
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
