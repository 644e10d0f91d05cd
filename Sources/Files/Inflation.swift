internal import ChiasmCZip

/// The bytes that a zlib stream stands for. All of zlib's pointers stay in this file.
///
/// Memory: what comes out, which is at most some thousand times what goes in.
///
/// - Throws: `malformed`, with `path`, for a stream that is damaged or cut short.
func inflated(_ bytes: ArraySlice<UInt8>, path: String) throws(ArrayFileError) -> [UInt8] {
  func damaged() -> ArrayFileError {
    .malformed(path: path, problem: "a compressed variable is damaged or cut short")
  }
  var stream = z_stream()
  guard inflateInit_(&stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
    throw damaged()
  }
  defer { inflateEnd(&stream) }
  var input = Array(bytes)
  var output: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 18)
  let isWhole = input.withUnsafeMutableBufferPointer { input in
    stream.next_in = input.baseAddress
    stream.avail_in = UInt32(clamping: input.count)
    while true {
      let (status, count) = chunk.withUnsafeMutableBufferPointer { chunk in
        stream.next_out = chunk.baseAddress
        stream.avail_out = UInt32(chunk.count)
        let status = inflate(&stream, Z_NO_FLUSH)
        return (status, chunk.count - Int(stream.avail_out))
      }
      output += chunk[..<count]
      if status == Z_STREAM_END { return true }
      if status != Z_OK || count == 0 { return false }
    }
  }
  guard isWhole else { throw damaged() }
  return output
}
