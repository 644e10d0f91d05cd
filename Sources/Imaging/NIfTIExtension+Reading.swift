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
}
