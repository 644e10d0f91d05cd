import ChiasmResponses
import Foundation
import ChiasmImaging
import TestSupport
import Testing

/// Numbers from a seed (SplitMix64), so that a failure can be run again.
private struct Dice: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }
}

@Suite("Laws of mutated NIfTI files") struct NIfTIFuzzTests {
  static let seeds: [UInt64] = [1, 2, 3, 4]
  private let rounds = 600

  /// A valid file with extensions, in a form that the dice choose.
  private func image(_ dice: inout Dice) -> NIfTIBytes {
    let types = [(2, 1), (4, 2), (8, 4), (16, 4), (64, 8), (256, 1), (512, 2), (1024, 8)]
    let (datatype, size) = types.randomElement(using: &dice) ?? (2, 1)
    var image = NIfTIBytes()
    image.version = Int.random(in: 1...2, using: &dice)
    image.order = Bool.random(using: &dice) ? .little : .big
    image.dim = [4, 4, 3, 2, 3, 1, 1, 1]
    (image.datatype, image.bitpix) = (datatype, 8 * size)
    (image.slope, image.intercept, image.qformCode) = (0.5, 3, 1)
    image.data = (0..<72 * size).map { _ in .random(in: 0...255, using: &dice) }
    if Bool.random(using: &dice) {
      image.extensions = [
        (6, nil, [UInt8](repeating: 66, count: 40)), (4, nil, [1, 2, 3, 4, 5, 6, 7, 8]),
      ]
    }
    return image
  }

  /// Overwrites numbers of 1, 2, 4 or 8 bytes with telling or random values, and cuts at times.
  private func mutate(_ bytes: inout [UInt8], _ dice: inout Dice) {
    let telling: [UInt64] = [
      0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fff_ffff, 0x8000_0000, 0x7f80_0000,
      0x7fc0_0000, 0x7ff0_0000_0000_0000, 0x7fff_ffff_ffff_ffff, 1 << 63, .max, 0x4f00_0000,
    ]
    for _ in 0..<Int.random(in: 1...4, using: &dice) where !bytes.isEmpty {
      let size = [1, 2, 4, 8].randomElement(using: &dice) ?? 1
      let value =
        Bool.random(using: &dice) ? telling.randomElement(using: &dice) ?? 0 : dice.next()
      let place = Int.random(in: 0..<min(bytes.count, 700), using: &dice)
      let isBig = Bool.random(using: &dice)
      for index in 0..<size where place + index < bytes.count {
        let shift = 8 * (isBig ? size - 1 - index : index)
        bytes[place + index] = UInt8(truncatingIfNeeded: value >> UInt64(shift))
      }
    }
    if Int.random(in: 0..<8, using: &dice) == 0 {
      bytes.removeLast(Int.random(in: 0...bytes.count, using: &dice))
    }
  }

  /// Reads everything there is to read; the number of voxels is bounded by the file's size.
  private func read(_ path: String, _ name: String) -> Bool {
    do throws(ImagingError) {
      let reader = try NIfTIReader(path: path)
      var volume: [Double] = []
      var count = 0
      while count < 2000, try reader.readVolume(into: &volume) { count += 1 }
      #expect(volume.count * reader.header.datatype.size <= 1032 * 2000, "no file is that long")
      _ = reader.header.affine.orientation
      return true
    } catch {
      #expect("\(error)".contains(name), "the error must name the file: \(error)")
      return false
    }
  }

  @Test("A mutated file is read or refused with its name, and never crashes", arguments: seeds)
  func singleFiles(_ seed: UInt64) throws {
    var dice = Dice(state: seed)
    var counts = (read: 0, refused: 0)
    try withTemporaryFolder { folder in
      for round in 0..<rounds {
        var bytes = image(&dice).file
        // Compressed after, so that the header is hit, or before, so that the stream is.
        let isGzip = round % 3 == 0
        let isStreamHit = round % 6 == 0
        if !isStreamHit { mutate(&bytes, &dice) }
        if isGzip { bytes = try folder.gzip(bytes) }
        if isStreamHit { mutate(&bytes, &dice) }
        let path = try folder.put(bytes, "mutant.nii")
        if read(path, "mutant.nii") { counts.read += 1 } else { counts.refused += 1 }
      }
    }
    #expect(counts.read > 60 && counts.refused > 60, "seed \(seed): \(counts)")
  }

  @Test("A mutated pair is read or refused with its name, and never crashes", arguments: seeds)
  func pairs(_ seed: UInt64) throws {
    var dice = Dice(state: seed ^ 0xffff)
    var counts = (read: 0, refused: 0)
    try withTemporaryFolder { folder in
      for round in 0..<rounds {
        var image = image(&dice)
        image.isPair = true
        var (header, data) = (image.header, image.data)
        if round % 3 == 0 { data = try folder.gzip(data) }
        if round % 4 == 0 { mutate(&data, &dice) } else { mutate(&header, &dice) }
        if round % 5 == 0 { header = try folder.gzip(header) }
        let path = try folder.put(header, "mutant.hdr")
        _ = try folder.put(data, "mutant.img")
        if read(path, "mutant.") { counts.read += 1 } else { counts.refused += 1 }
      }
    }
    #expect(counts.read > 60 && counts.refused > 60, "seed \(seed): \(counts)")
  }
}
