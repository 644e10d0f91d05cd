internal import ChiasmCZip

/// Calls `body` with `count`, and a function that reads in the first so many bytes that a zlib stream stands
/// for, which are unpacked as far as they are asked for. All of zlib's pointers stay in this file.
///
/// Memory: 64 KiB, however many bytes there are in the stream.
///
/// - Parameter isWhole: whether the stream has to end there, with the right checksum.
/// - Throws: `malformed`, with `path`, for a stream that is damaged, or holds fewer bytes, or more where
///   it has to end.
func withInflated<Result>(
  _ packed: [UInt8], count: Int, isWhole: Bool, path: String,
  _ body: (_ byteCount: Int, _ read: ByteReader) throws(ArrayFileError) -> Result
) throws(ArrayFileError) -> Result {
  let damaged = ArrayFileError.malformed(
    path: path,
    problem:
      "is a damaged MAT-file: a compressed variable is damaged, or holds fewer or more bytes "
      + "than it says")
  // zlib's state remembers where its stream is.
  let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  stream.initialize(to: z_stream())
  defer { stream.deallocate() }
  guard inflateInit_(stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
    throw damaged
  }
  defer { inflateEnd(stream) }
  let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
  defer { scratch.deallocate() }
  var (position, status, input) = (0, Z_OK, packed)
  return try input.withUnsafeMutableBufferPointer { (input) throws(ArrayFileError) in
    stream.pointee.next_in = input.baseAddress
    stream.pointee.avail_in = UInt32(clamping: input.count)
    func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(ArrayFileError) {
      let bytes = buffer.bindMemory(to: UInt8.self)
      var done = 0
      while done < bytes.count {
        let room = UInt32(clamping: bytes.count - done)
        stream.pointee.next_out = bytes.baseAddress.map { $0 + done }
        stream.pointee.avail_out = room
        if status == Z_OK { status = inflate(stream, Z_NO_FLUSH) }
        let unpacked = Int(room - stream.pointee.avail_out)
        guard unpacked > 0 else { throw damaged }
        done += unpacked
      }
      position += done
    }
    func skip(to offset: Int) throws(ArrayFileError) {
      while position < offset {
        try fill(.init(rebasing: scratch[..<min(scratch.count, offset - position)]))
      }
    }
    let result = try body(count) { (offset, buffer) throws(ArrayFileError) in
      guard offset >= position, buffer.count <= count - offset else { throw damaged }
      try skip(to: offset)
      try fill(buffer)
    }
    guard isWhole else { return result }
    try skip(to: count)
    // One byte more, which stays free, for zlib to come to the end of its stream.
    stream.pointee.next_out = scratch.bindMemory(to: UInt8.self).baseAddress
    stream.pointee.avail_out = 1
    if status == Z_OK { status = inflate(stream, Z_NO_FLUSH) }
    guard status == Z_STREAM_END, stream.pointee.avail_out == 1 else { throw damaged }
    return result
  }
}
