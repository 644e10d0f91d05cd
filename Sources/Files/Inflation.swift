internal import ChiasmCZip

/// The first `count` bytes that a zlib stream stands for. All of zlib's pointers stay in this file.
///
/// Memory: `count` bytes, however many more there are in the stream.
///
/// - Parameter isWhole: whether the stream has to end there.
/// - Throws: `malformed`, with `path`, for a stream that is damaged, or holds fewer bytes, or more where
///   it has to end.
func inflated(
  _ bytes: ArraySlice<UInt8>, count: Int, isWhole: Bool, path: String
) throws(ArrayFileError) -> [UInt8] {
  func damaged() -> ArrayFileError {
    .malformed(
      path: path,
      problem:
        "is a damaged MAT-file: a compressed variable is damaged, or holds fewer or more bytes "
        + "than it says")
  }
  // Deflate packs at most 1032 bytes into one.
  guard count / 1032 <= bytes.count else { throw damaged() }
  var stream = z_stream()
  guard inflateInit_(&stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
    throw damaged()
  }
  defer { inflateEnd(&stream) }
  var input = Array(bytes)
  var isSound = true
  let output = input.withUnsafeMutableBufferPointer { input in
    stream.next_in = input.baseAddress
    stream.avail_in = UInt32(clamping: input.count)
    // One byte more, which stays free, for zlib to come to the end of its stream.
    return [UInt8](unsafeUninitializedCapacity: count + 1) { output, initializedCount in
      var (done, status) = (0, Z_OK)
      while status == Z_OK, done < (isWhole ? count + 1 : count) {
        stream.next_out = output.baseAddress.map { $0 + done }
        let room = UInt32(clamping: output.count - done)
        stream.avail_out = room
        status = inflate(&stream, Z_NO_FLUSH)
        done += Int(room - stream.avail_out)
      }
      isSound = isWhole ? status == Z_STREAM_END && done == count : done >= count
      initializedCount = min(done, count)
    }
  }
  guard isSound else { throw damaged() }
  return output
}
