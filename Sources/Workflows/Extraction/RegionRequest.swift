internal import ChiasmFiles
internal import Foundation
internal import ChiasmImaging

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
  /// What the images gave.
  struct Answer {
    let regions: RegionSet
    let report: RegionReport
    /// The files that were read.
    let files: [String]
    /// What the user should know.
    let notes: [String]
  }

  /// Reads every image and makes the regions, on the grid of a recording.
  func regions(on space: RecordingSpace) throws -> Answer {
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
    return Answer(
      regions: made.regions, report: made.report, files: images.paths + tables,
      notes: images.notes + notes)
  }

  /// The table that was written, or the one beside the image.
  private static func table(
    of image: ImageArgument, _ labels: LabelImage
  ) throws -> (table: LabelTable?, path: String?, notes: [String]) {
    if let path = image.table {
      return path.isEmpty ? (nil, nil, []) : (try LabelTable.read(path: path), path, [])
    }
    let beside = try LabelTable.beside(image, labels: Set(labels.labels))
    return (beside.table, beside.path, beside.notes)
  }
}
