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
  }

  /// Reads every image and makes the regions, on the grid of the image at `path`.
  func regions(on grid: Grid, of path: String) throws -> Answer {
    let scheme = try scheme.map {
      try AtlasCatalogue(folder: $0.folder).scheme(named: $0.name)
    }
    var files: [String] = []
    var sources = try atlases.map { text in
      let argument = RegionArgument(atlas: text)
      files += [argument.image] + [argument.table].compactMap { $0 }
      return try atlas(argument, scheme: scheme, grid: grid, path: path)
    }
    sources += try masks.map { text in
      let argument = try RegionArgument(mask: text)
      files.append(argument.image)
      return .mask(name: argument.name, mask: try mask(argument.image, grid: grid, path: path))
    }
    files += [overallMask].compactMap { $0 }
    let inside = try overallMask.map { try mask($0, grid: grid, path: path) }
    let wanted = try merges.map { try RegionMerge($0) }
    let made = try RegionSet.assembled(
      from: sources, merges: wanted.isEmpty ? scheme?.merges ?? [] : wanted, inside: inside)
    return Answer(regions: made.regions, report: made.report, files: files)
  }

  private func atlas(
    _ argument: RegionArgument, scheme: AtlasScheme?, grid: Grid, path: String
  ) throws -> RegionSource {
    let labels = try labels(argument.image, grid: grid, path: path)
    let table =
      try argument.table.map { try LabelTable.read(path: $0) }
      ?? scheme?.table(forImage: argument.name, labels: labels.labels)
    return .atlas(name: argument.name, image: labels, table: table)
  }

  private func mask(_ image: String, grid: Grid, path: String) throws -> RegionMask {
    RegionMask(
      grid: grid, values: try labels(image, grid: grid, path: path, reading: Self.mask).labels)
  }

  private func labels(
    _ image: String, grid: Grid, path: String,
    reading: (NIfTIReader) throws -> LabelImage = { try $0.readLabels() }
  ) throws -> LabelImage {
    let reader = try NIfTIReader(path: image)
    try Grid.requireMatch(reader.grid, of: image, grid, of: path)
    // The affine may differ by rounding; from here on there is one grid.
    return LabelImage(grid: grid, labels: try reading(reader).labels)
  }

  /// Inside is what is finite and not 0.
  private static func mask(_ reader: NIfTIReader) throws -> LabelImage {
    guard reader.volumeCount == 1 else {
      throw ImagingError.notOneVolume(path: reader.path, actual: reader.volumeCount)
    }
    let values = try reader.readAll()
    return LabelImage(
      grid: reader.grid, labels: values.map { $0.isFinite && $0 != 0 ? 1 : 0 })
  }
}
