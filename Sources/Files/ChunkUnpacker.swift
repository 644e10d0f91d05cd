internal import ChiasmCDeflate

/// Unpacks chunks of HDF5 that were packed by deflate and shuffle. All of libdeflate's pointers stay in
/// this file: it unpacks small chunks in half the time of zlib.
struct ChunkUnpacker: ~Copyable {
  /// The numbers of the filters that it takes.
  static let (deflate, shuffle) = (1, 2)

  private let inflater: OpaquePointer?
  private let elementSize: Int
  private let byteCount: Int
  private let filters: [Int]
  private var unpacked: [UInt8]
  private var shuffled: [UInt8]

  /// Prepares for chunks of so many bytes once unpacked.
  init(filters: [Int], elementSize: Int, byteCount: Int) {
    inflater = libdeflate_alloc_decompressor()
    self.filters = filters
    self.elementSize = elementSize
    self.byteCount = byteCount
    unpacked = filters.contains(Self.deflate) ? [UInt8](repeating: 0, count: byteCount) : []
    shuffled = filters.contains(Self.shuffle) ? [UInt8](repeating: 0, count: byteCount) : []
  }

  deinit {
    if let inflater { libdeflate_free_decompressor(inflater) }
  }

  /// Calls `body` with the elements of a chunk.
  ///
  /// - Parameter skipped: a bit for every filter that this chunk went without.
  /// - Returns: whether the chunk is sound: it unpacks to just as many bytes as it should have.
  mutating func withElements(
    of packed: borrowing [UInt8], count: Int, skipped: UInt32,
    _ body: (UnsafeRawBufferPointer) -> Void
  ) -> Bool {
    let isDeflated = isUsed(Self.deflate, skipped)
    guard isDeflated ? inflate(packed, count: count) : count == byteCount else { return false }
    if !isUsed(Self.shuffle, skipped) {
      if isDeflated { unpacked.withUnsafeBytes(body) } else { packed.withUnsafeBytes(body) }
      return true
    }
    if isDeflated {
      unpacked.withUnsafeBytes { unshuffle($0) }
    } else {
      packed.withUnsafeBytes { unshuffle($0) }
    }
    shuffled.withUnsafeBytes(body)
    return true
  }

  private func isUsed(_ filter: Int, _ skipped: UInt32) -> Bool {
    filters.firstIndex(of: filter).map { skipped & (1 << UInt32($0)) == 0 } ?? false
  }

  private mutating func inflate(_ packed: borrowing [UInt8], count: Int) -> Bool {
    guard let inflater else { return false }
    return packed.withUnsafeBytes { packed in
      unpacked.withUnsafeMutableBytes { unpacked in
        // Without a place for the number of bytes, fewer than `byteCount` are a failure too.
        libdeflate_zlib_decompress(
          inflater, packed.baseAddress, count, unpacked.baseAddress, unpacked.count, nil)
          == LIBDEFLATE_SUCCESS
      }
    }
  }

  /// Puts the bytes of each element together again: the first bytes of all stand first, then the second.
  private mutating func unshuffle(_ bytes: UnsafeRawBufferPointer) {
    let (size, count) = (elementSize, byteCount / max(1, elementSize))
    shuffled.withUnsafeMutableBytes { shuffled in
      for byte in 0..<size {
        let start = byte * count
        for element in 0..<count { shuffled[element * size + byte] = bytes[start + element] }
      }
      // What is left over at the end is not shuffled.
      for rest in count * size..<byteCount { shuffled[rest] = bytes[rest] }
    }
  }
}
