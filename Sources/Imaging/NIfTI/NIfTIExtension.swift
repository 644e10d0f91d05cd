/// A piece of data that a program left in a NIfTI file between header and voxels.
public struct NIfTIExtension: Equatable, Sendable {
  /// Who wrote it, by NIfTI's list: 4 is AFNI, 6 a comment, 32 CIFTI …
  public let code: Int
  /// What it says. Files pad it with zeros to 8 bytes less than a multiple of 16.
  public let bytes: [UInt8]

  /// Takes a code that fits in 32 bits, and bytes.
  public init(code: Int, bytes: [UInt8]) {
    precondition(Int32(exactly: code) != nil, "The code of an extension has 32 bits.")
    self.code = code
    self.bytes = bytes
  }
}

extension NIfTIExtension {
  /// Reads what stands between a header and the voxels, or the end of an `.hdr` file.
  static func read(
    from source: ByteSource, _ header: NIfTIHeader, _ check: HeaderCheck
  ) throws(ImagingError) -> [NIfTIExtension] {
    var announcement: [UInt8] = []
    try source.read(4, into: &announcement)
    guard announcement.count == 4, announcement[0] != 0 else { return [] }
    let end = header.isSingleFile ? header.dataOffset : source.largestContent
    var extensions: [NIfTIExtension] = []
    var start: [UInt8] = []
    while end - source.position >= 16 {
      try source.read(8, into: &start)
      if start.isEmpty && !header.isSingleFile { break }
      guard start.count == 8 else {
        throw .truncated(
          path: source.path, expected: source.position - start.count + 8, actual: source.position)
      }
      let size = number(start[..<4], header.byteOrder)
      let code = number(start[4...], header.byteOrder)
      if size == 0 && code == 0 { break }
      try check.require(
        size >= 8 && size - 8 <= end - source.position, "size of an extension",
        "from 8 to the \(end - source.position + 8) bytes before the voxels", size)
      extensions.append(.init(code: code, bytes: try source.read(exactly: size - 8)))
    }
    return extensions
  }

  private static func number(_ bytes: ArraySlice<UInt8>, _ order: NIfTIByteOrder) -> Int {
    let bits = (order == .big ? Array(bytes) : bytes.reversed())
      .reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    return Int(Int32(bitPattern: bits))
  }

  /// The announcement and the extensions, each padded to a multiple of 16 bytes.
  static func bytes(of extensions: [NIfTIExtension]) -> [UInt8] {
    extensions.reduce([extensions.isEmpty ? 0 : 1, 0, 0, 0]) { bytes, one in
      let size = (one.bytes.count + 8 + 15) / 16 * 16
      let start = [Int32(size), Int32(one.code)].withUnsafeBytes { Array($0) }
      return bytes + start + one.bytes + [UInt8](repeating: 0, count: size - 8 - one.bytes.count)
    }
  }
}
