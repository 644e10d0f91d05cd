internal import ArrayFiles
internal import Foundation
internal import Imaging

/// Where regions come from, as the user said it.
public struct RegionRequest: Sendable {
  /// Label images, each `IMAGE` or `IMAGE:TABLE`.
  public var atlases: [String] = []
  /// Masks, each `NAME=IMAGE`.
  public var masks: [String] = []
  /// Regions to make, each `NAME=LABEL+LABEL…` or a label's name.
  public var merges: [String] = []
  /// The scheme whose merges and label names are used, with the folder of schemes.
  public var scheme: (name: String, folder: String)?
  /// An image that is not 0 where voxels may belong to a region at all.
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
    var sources = try atlases.map { text in
      let argument = RegionArgument(atlas: text)
      tables += [argument.table].compactMap { $0 }
      let labels = try images.labels(argument.image)
      let table =
        try argument.table.map { try LabelTable.read(path: $0) }
        ?? scheme?.table(forImage: argument.name, labels: labels.labels)
      return RegionSource.atlas(name: argument.name, image: labels, table: table)
    }
    sources += try masks.map { text in
      let argument = try RegionArgument(mask: text)
      return .mask(name: argument.name, mask: try images.mask(argument.image))
    }
    let inside = try overallMask.map { try images.mask($0) }
    let wanted = try merges.map { try RegionMerge($0) }
    let made = try RegionSet.assembled(
      from: sources, merges: wanted.isEmpty ? scheme?.merges ?? [] : wanted, inside: inside)
    return Answer(
      regions: made.regions, report: made.report, files: images.paths + tables,
      notes: images.notes)
  }
}
