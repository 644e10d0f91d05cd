internal import ChiasmFiles
public import ChiasmResponses
internal import Foundation

/// Reads an image volume by volume, so that memory holds one stored volume and never the image.
///
/// Values are scaled in double; NaN and infinities stay. A reader stands in one place of its file,
/// so it belongs to one task at a time; any number of readers may read the same file.
public final class NIfTIReader {
  /// The path that was asked for.
  public let path: String
  /// What the file says about its voxels.
  public let header: NIfTIHeader
  /// The voxels in space.
  public let grid: Grid
  /// The volumes read so far, which is the number of the next.
  public private(set) var position = 0
  private let source: ByteSource
  private let decoder: VoxelDecoder
  private var bytes: [UInt8] = []

  /// What the user should know of how the file was read so far: a clause each, about the header and
  /// about values that were taken for whole numbers.
  public internal(set) var notes: [String]

  /// The number of volumes.
  public var volumeCount: Int { header.volumeCount }

  /// Opens `.nii`, `.hdr` or `.img`, compressed or not (by content, not by name), and compares what
  /// the header promises with what a file of this size can hold.
  ///
  /// - Throws: what `NIfTIHeader(path:)` throws; `truncated` if the file is too small; `malformedHeader`
  ///   if bitpix contradicts the datatype and the size of the file agrees with bitpix or with neither.
  public init(path: String) throws(ImagingError) {
    self.path = path
    let headerSource = try ByteSource(path: NIfTIPaths.header(of: path))
    header = try NIfTIHeader.read(from: headerSource)
    grid = header.grid
    notes = header.notes
    decoder = VoxelDecoder(header)
    source =
      try header.isSingleFile
      ? headerSource : Self.dataSource(path: path, header, headerSource)
    let end = header.dataOffset.addingReportingOverflow(header.volumeSize * header.volumeCount)
    guard !end.overflow, end.partialValue <= source.largestContent else {
      throw .truncated(
        path: source.path, expected: end.overflow ? .max : end.partialValue,
        actual: source.largestContent)
    }
    if header.bitpix != 0 && header.bitpix != 8 * header.datatype.size {
      let size = source.isGzip ? try Self.contentSize(of: source.path) : source.fileSize
      try HeaderCheck(path: path).size(size, end: end.partialValue, header)
    }
    try source.skip(to: header.dataOffset)
  }

  /// The bytes of a file, decompressed.
  private static func contentSize(of path: String) throws(ImagingError) -> Int {
    let source = try ByteSource(path: path)
    var chunk: [UInt8] = []
    repeat { try source.read(1 << 16, into: &chunk) } while !chunk.isEmpty
    return source.position
  }

  private static func dataSource(
    path: String, _ header: NIfTIHeader, _ headerSource: ByteSource
  ) throws(ImagingError) -> ByteSource {
    guard let data = try NIfTIPaths.data(of: path) else {
      throw .malformedHeader(
        path: path, field: "magic", expected: "that of a single file, unless its name ends in .hdr",
        actual: "that of a pair")
    }
    let source = try ByteSource(path: data)
    // Voxels may begin with the two bytes of gzip by chance; their number tells.
    let size = header.volumeSize * header.volumeCount
    if source.isGzip && source.fileSize - size == header.dataOffset { source.disregardGzip() }
    return source
  }

  /// Reads the next volume.
  ///
  /// - Parameters:
  ///   - voxels: the places to deliver, in this order, in storage order of the grid (i fastest; see
  ///     `Grid.offset`); nil for all. A place outside the grid traps.
  ///   - values: receives one number a place; its storage is used again if the count is the same.
  /// - Returns: false, and `values` as they were, after the last volume.
  /// - Throws: `truncated` if the file ends inside this volume; `corrupt` if its compressed stream
  ///   is damaged, which the checksum tells with the last volume.
  @discardableResult
  public func readVolume(
    voxels: [Int]? = nil, into values: inout [Double]
  ) throws(ImagingError) -> Bool {
    guard position < volumeCount else { return false }
    let start = source.position
    try source.read(header.volumeSize, into: &bytes)
    guard bytes.count == header.volumeSize else {
      throw .truncated(
        path: source.path, expected: start + header.volumeSize, actual: source.position)
    }
    position += 1
    if position == volumeCount { try source.finish() }
    decoder.decode(bytes, voxels: voxels, into: &values)
    return true
  }
}

extension NIfTIReader {
  /// Reads the next volume some voxels at a time, so that memory holds neither its bytes nor its
  /// numbers.
  ///
  /// - Parameter body: receives the numbers from one voxel on, in storage order; where it throws, no
  ///   further volume can be read.
  /// - Returns: false after the last volume.
  /// - Throws: what `readVolume` throws, and `body`.
  @discardableResult
  public func readBlocks(
    _ body: (_ first: Int, _ values: [Double]) throws(ImagingError) -> Void
  ) throws(ImagingError) -> Bool {
    guard position < volumeCount else { return false }
    let start = source.position
    let (size, voxelCount) = (header.datatype.size, header.volumeSize / header.datatype.size)
    var (first, values) = (0, [Double]())
    while first < voxelCount {
      let count = min(Self.blockLength, voxelCount - first)
      try source.read(count * size, into: &bytes)
      guard bytes.count == count * size else {
        throw .truncated(
          path: source.path, expected: start + header.volumeSize, actual: source.position)
      }
      decoder.decode(bytes, voxels: nil, into: &values)
      try body(first, values)
      first += count
    }
    position += 1
    if position == volumeCount { try source.finish() }
    return true
  }

  private static var blockLength: Int { 1 << 16 }

  /// Passes to a volume, that of a number or the only one.
  ///
  /// - Throws: `notOneVolume`, `noSuchVolume`, and what `readVolume` throws.
  func seek(volume: Int?) throws(ImagingError) {
    if volume == nil && volumeCount != 1 {
      throw .notOneVolume(path: path, actual: volumeCount)
    }
    let volume = volume ?? 0
    guard volume < volumeCount else {
      throw .noSuchVolume(path: path, volume: volume, actual: volumeCount)
    }
    precondition(position <= volume, "The volume has been read already.")
    while position < volume {
      try source.skip(to: source.position + header.volumeSize)
      position += 1
    }
  }
}

/// The names of the files of an image: one `.nii`, or `.hdr` and `.img`, each with `.gz` or without.
enum NIfTIPaths {
  /// The file with the header, when the user names any file of the image.
  static func header(of path: String) throws(ImagingError) -> String {
    try partner(of: path, from: ".img", to: ".hdr") ?? path
  }

  /// The file with the voxels; nil if the name is not that of a pair.
  static func data(of path: String) throws(ImagingError) -> String? {
    if stem(of: path, ending: ".img") != nil { return path }
    return try partner(of: path, from: ".hdr", to: ".img")
  }

  private static func partner(
    of path: String, from: String, to: String
  ) throws(ImagingError) -> String? {
    guard let stem = stem(of: path, ending: from) else { return nil }
    let plain = [to, to.uppercased()].map { stem + $0 }
    let candidates = plain + plain.flatMap { [$0 + ".gz", $0 + ".GZ"] }
    if let found = candidates.first(where: FileManager.default.fileExists(atPath:)) { return found }
    do throws(ArrayFileError) {
      // Why the first is not found, as where its folder may not be entered.
      _ = try FolderTree.isFolder(candidates[0])
    } catch {
      throw ImagingError(error)
    }
    return candidates[0]
  }

  /// The path without an ending and `.gz`, whatever their case; nil if it ends otherwise.
  private static func stem(of path: String, ending: String) -> String? {
    let lowercased = path.lowercased()
    return [ending, ending + ".gz"].first { lowercased.hasSuffix($0) }
      .map { String(path.dropLast($0.count)) }
  }
}
