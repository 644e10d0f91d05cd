internal import ChiasmResponses
import ChiasmFiles

/// Writes an image volume by volume; the file appears whole, with `commit()`, or not at all.
///
/// Place and matrices, their codes, intent, description and extensions come from a template header;
/// the unit is mm. The version is 1 unless a dimension above 32767 or the extensions need 2.
public struct NIfTIWriter: ~Copyable {
  /// The name that the file will have.
  public let path: String
  /// The number of volumes that `commit()` expects.
  public let volumeCount: Int
  private let encoder: VoxelEncoder
  private let voxelCount: Int
  private let file: AtomicFile
  private let sink: ByteSink
  private var written = 0

  /// Starts a file; gzip if its name ends in `.gz`.
  ///
  /// - Parameters:
  ///   - path: ends in `.nii` or `.nii.gz`.
  ///   - template: the header of an image in the same space, or one made from a grid.
  ///   - volumeCount: the length of the fourth dimension; nil for an image of three.
  ///   - datatype: how voxels are stored.
  ///   - slope: a value is slope × stored + intercept; finite, not 0. As in NIfTI-1, slope and
  ///     intercept are rounded to float32 before use.
  ///   - intercept: see `slope`.
  ///   - replacing: whether an existing file may be replaced.
  /// - Throws: `exists`, `cannotWrite`.
  public init(
    path: String, like template: NIfTIHeader, volumeCount: Int? = nil,
    datatype: NIfTIDatatype = .float32, slope: Double = 1, intercept: Double = 0,
    replacing: Bool = false
  ) throws(ImagingError) {
    precondition(volumeCount ?? 1 > 0, "An image has a volume.")
    let isGzip = path.lowercased().hasSuffix(".nii.gz")
    guard isGzip || path.lowercased().hasSuffix(".nii") else {
      throw .cannotWrite(path: path, reason: "the name of an image ends in .nii or .nii.gz")
    }
    let encoder = VoxelEncoder(datatype: datatype, slope: slope, intercept: intercept)
    let file = try Self.file(path: path, replacing: replacing)
    let sink = ByteSink(descriptor: file.descriptor, isGzip: isGzip)
    try Self.checked(path) { () throws(SystemError) in
      try sink.write(template.bytes(volumeCount: volumeCount, encoder))
    }
    self.path = path
    self.volumeCount = volumeCount ?? 1
    self.encoder = encoder
    voxelCount = template.grid.voxelCount
    self.file = file
    self.sink = sink
  }

  /// Writes the next volume: one value a voxel of the grid, i fastest.
  ///
  /// - Throws: `unrepresentable` if a value does not fit the datatype (NaN in integers, 70000 in
  ///   int16; fractions are rounded to nearest, ties to even); `cannotWrite`.
  public mutating func write(_ volume: [Double]) throws(ImagingError) {
    try write(volume) { $0 }
  }

  /// Writes the next volume some voxels at a time, so that memory holds neither all numbers nor all
  /// bytes.
  private mutating func write<Value>(
    _ volume: [Value], number: (Value) -> Double
  ) throws(ImagingError) {
    precondition(volume.count == voxelCount, "One value a voxel of the grid.")
    precondition(written < volumeCount, "More volumes than the header says.")
    let sink = sink
    for start in stride(from: 0, to: voxelCount, by: 1 << 16) {
      let block = volume[start..<min(start + (1 << 16), voxelCount)].map(number)
      guard let bytes = encoder.encode(block) else {
        let value = block.first { encoder.encode([$0]) == nil } ?? .nan
        throw .unrepresentable(path: path, value: value, datatype: encoder.datatype.name)
      }
      try Self.checked(path) { () throws(SystemError) in try sink.write(bytes) }
    }
    written += 1
  }

  /// Flushes everything to the disk and gives the file its name.
  public consuming func commit() throws(ImagingError) {
    precondition(written == volumeCount, "Fewer volumes than the header says.")
    let sink = sink
    try Self.checked(path) { () throws(SystemError) in try sink.close() }
    do throws(ArrayFileError) { try file.commit() } catch { throw ImagingError(error) }
  }

  private static func file(
    path: String, replacing: Bool
  ) throws(ImagingError) -> AtomicFile {
    do throws(ArrayFileError) {
      return try AtomicFile(path: path, replacing: replacing)
    } catch {
      throw ImagingError(error)
    }
  }

  private static func checked(
    _ path: String, _ body: () throws(SystemError) -> Void
  ) throws(ImagingError) {
    do throws(SystemError) {
      try body()
    } catch {
      throw .cannotWrite(path: path, reason: error.reason)
    }
  }
}

extension NIfTIWriter {
  /// Writes an image of one volume (`volumes.count` 1 and `isSeries` false) or of several.
  ///
  /// - Throws: `exists`, `cannotWrite`, `unrepresentable`.
  public static func write(
    _ volumes: [[Double]], to path: String, like template: NIfTIHeader, isSeries: Bool? = nil,
    datatype: NIfTIDatatype = .float32, replacing: Bool = false
  ) throws(ImagingError) {
    let isSeries = isSeries ?? (volumes.count > 1)
    precondition(isSeries || volumes.count == 1, "Several volumes are a series.")
    var writer = try NIfTIWriter(
      path: path, like: template, volumeCount: isSeries ? volumes.count : nil, datatype: datatype,
      replacing: replacing)
    for volume in volumes { try writer.write(volume) }
    try writer.commit()
  }

  /// Writes labels as int32, with the intent that says so (1002).
  ///
  /// The labels' grid is that of the template.
  /// - Throws: `exists`, `cannotWrite`.
  public static func write(
    _ image: LabelImage, to path: String, like template: NIfTIHeader, replacing: Bool = false
  ) throws(ImagingError) {
    precondition(image.grid.matches(template.grid), "The template has another grid.")
    var template = template
    (template.intentCode, template.intentName) = (1002, "")
    var writer = try NIfTIWriter(
      path: path, like: template, datatype: .int32, replacing: replacing)
    try writer.write(image.labels) { Double($0) }
    try writer.commit()
  }
}
