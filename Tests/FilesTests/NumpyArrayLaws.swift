import ChiasmFiles
import Foundation
import TestSupport
import Testing

@Suite("Laws: .npy files")
struct NumpyArrayLaws {
  static let arrays: [NumpyArray] = [
    NumpyArray(shape: [2, 3], elements: .float32([0, -1.5, .infinity, 0x1p-140, 3, .pi])),
    NumpyArray(shape: [1, 1, 2], elements: .float64([.leastNonzeroMagnitude, -.infinity])),
    NumpyArray(shape: [2], elements: .int8([.min, .max])),
    NumpyArray(shape: [2], elements: .int16([.min, .max])),
    NumpyArray(shape: [2], elements: .int32([.min, .max])),
    NumpyArray(shape: [2], elements: .int64([.min, .max])),
    NumpyArray(shape: [1], elements: .uint8([.max])),
    NumpyArray(shape: [1], elements: .uint16([.max])),
    NumpyArray(shape: [1], elements: .uint32([.max])),
    NumpyArray(shape: [1], elements: .uint64([.max])),
    NumpyArray(shape: [3], elements: .bool([true, false, true])),
    NumpyArray(shape: [2, 2], elements: .strings(["", "a\tb", "🧠", "e\u{301}"])),
    NumpyArray(shape: [2], elements: .bytes(["csr", "ï"])),
    NumpyArray(shape: [], elements: .float64([1])),
    NumpyArray(shape: [0, 5], elements: .float32([])),
    NumpyArray(shape: [0], elements: .strings([])),
    NumpyArray(shape: Array(repeating: 1, count: 64), elements: .int32([7])),
  ]

  @Test("What is encoded is decoded, and its data begins at a multiple of 64", arguments: arrays)
  func roundTrip(array: NumpyArray) throws {
    let encoded = array.encoded()
    #expect(try NumpyArray(decoding: encoded, name: "here") == array)
    #expect((10 + Int(encoded[8]) + Int(encoded[9]) << 8) % 64 == 0)
  }

  @Test("What is written is read, and equals what is encoded", arguments: arrays)
  func files(array: NumpyArray) throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "a.npy").path
      try array.write(to: path)
      #expect(try NumpyArray(path: path) == array)
      #expect(Array(try Data(contentsOf: URL(filePath: path))) == array.encoded())
    }
  }

  @Test("A NaN stays a NaN")
  func nan() throws {
    let array = NumpyArray(shape: [2], elements: .float32([.nan, 1]))
    let values = try NumpyArray(decoding: array.encoded(), name: "here").floats()
    #expect(values[0].isNaN && values[1] == 1)
  }

  @Test("Doubles are rounded to the nearest float, large ones to infinity")
  func rounding() throws {
    let array = NumpyArray(
      shape: [4], elements: .float64([0.1, 1 + 0x1p-24, 1 + 0x1.8p-23, 1e300]))
    #expect(try array.floats() == [0.1, 1, 1 + 0x1p-22, .infinity])
  }

  @Test("Integers are read as any number, text as none")
  func accessors() throws {
    let array = NumpyArray(shape: [2], elements: .uint64([3, .max]))
    #expect(try array.floats() == [3, 0x1p64])
    #expect(try array.doubles() == [3, 0x1p64])
    expectError("f.npy", "\(UInt64.max)") { _ = try array.integers(name: "f.npy") }
    expectError("f.npy", "integers where text") { _ = try array.strings(name: "f.npy") }
    let text = NumpyArray(shape: [1], elements: .strings(["3"]))
    expectError("f.npy", "text where numbers") { _ = try text.floats(name: "f.npy") }
    expectError("f.npy", "text where integers") { _ = try text.integers(name: "f.npy") }
    #expect(try NumpyArray(shape: [1], elements: .bool([true])).integers() == [1])
  }
}

@Suite("Two ways: half floats")
struct HalfFloatTwoWays {
  @Test("Every half float equals the processor's conversion, in both byte orders")
  func halves() throws {
    let patterns = (0...UInt16.max).map { $0 }
    for isBigEndian in [false, true] {
      var file = NumpyArray(shape: [65536], elements: .uint16(patterns)).encoded()
      let descr = Array("\(isBigEndian ? ">" : "<")f2".utf8)
      let place = try #require(file.firstRange(of: Array("<u2".utf8)))
      file.replaceSubrange(place, with: descr)
      let values = try NumpyArray(decoding: file, name: "halves").floats()
      for (pattern, value) in zip(patterns, values) {
        let expected = Float(Float16(bitPattern: isBigEndian ? pattern.byteSwapped : pattern))
        guard value.bitPattern != expected.bitPattern else { continue }
        #expect(value.isNaN && expected.isNaN && value.sign == expected.sign)
      }
    }
  }
}
