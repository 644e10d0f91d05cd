import ChiasmFiles
import Foundation
import TestSupport
import Testing

@Suite("Two ways: columns copied unchecked")
struct UncheckedColumnsTwoWays {
  /// A file of 0, 1, 2 … in a type, order and shape; written byte by byte, apart from the code.
  private static func file(_ type: String, _ shape: [Int], isFortranOrder: Bool) -> [UInt8] {
    let count = shape.reduce(1, *)
    let extents = shape.map { "\($0)," }.joined()
    let order = isFortranOrder ? "True" : "False"
    let header = "{'descr': '\(type)', 'fortran_order': \(order), 'shape': (\(extents))}\n"
    let length = header.utf8.count
    let data = (0..<count).flatMap { number -> [UInt8] in
      let bytes: [UInt8] =
        switch type.dropFirst() {
        case "f2": Self.bytes(Float16(number).bitPattern)
        case "f4": Self.bytes(Float(number).bitPattern)
        case "f8": Self.bytes(Double(number).bitPattern)
        case "i1", "u1", "b1": [UInt8(number % 2)]
        case "i2", "u2": Self.bytes(UInt16(number))
        case "i4", "u4": Self.bytes(UInt32(number))
        default: Self.bytes(UInt64(number))
        }
      return type.hasPrefix(">") ? bytes.reversed() : bytes
    }
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length), 0] + Array(header.utf8) + data
  }

  private static func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }

  static let types = ["<", ">"].flatMap { order in
    ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1"].map { order + $0 }
  }
  static let choices = [[], [0], [5], [1, 2, 4], Array(0..<6)]

  @Test(
    "They are those of the whole array, in every type and order",
    arguments: types, [false, true])
  func everyType(type: String, isFortranOrder: Bool) throws {
    for shape in [[4, 6], [4, 3, 2], [1, 6], [4, 1, 2, 3]] {
      try withTemporaryPath("a.npy") { path in
        let file = Self.file(type, shape, isFortranOrder: isFortranOrder)
        try Data(file).write(to: URL(filePath: path))
        let whole = try NumpyArray(path: path).doubles()
        for columns in Self.choices {
          let part = try NumpyArray(path: path, columns: columns)
          #expect(part.shape == [shape[0], columns.count])
          let expected = (0..<shape[0]).flatMap { row in columns.map { whole[row * 6 + $0] } }
          #expect(try part.doubles() == expected)
        }
      }
    }
  }

  /// 3 rows of 200,000 and 700 of 3,000: columns far apart, and rows that are read together.
  @Test(
    "So are those of an archive and of arrays wider than what is read at once",
    arguments: [[3, 200_000], [700, 3000]], [false, true])
  func wideArrays(shape: [Int], isCompressed: Bool) throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "a.npy").path
      let values = (0..<shape[0] * shape[1]).map { Float($0) }
      let array = NumpyArray(shape: shape, elements: .float32(values))
      try array.write(to: path)
      let archive = folder.appending(path: "a.npz").path
      try NumpyArchive.write(
        [("other", NumpyArray(shape: [1], elements: .int8([1]))), ("a/b", array)], to: archive,
        isCompressed: isCompressed)
      let last = shape[1] - 1
      for columns in [
        [0], [last], [3, 4, 5, last / 2, last], Array(stride(from: 1, to: last, by: 7)),
      ] {
        let expected = NumpyArray(
          shape: [shape[0], columns.count],
          elements: .float32(
            (0..<shape[0]).flatMap { row in columns.map { values[row * shape[1] + $0] } }))
        #expect(try NumpyArray(path: path, columns: columns) == expected)
        #expect(try NumpyArchive(path: archive).array("a/b", columns: columns) == expected)
      }
      #expect(try NumpyArchive(path: archive).header(of: "a/b").shape == shape)
    }
  }

  @Test("A column that is not there, a short file and a wrong checksum are refused")
  func hostile() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "a.npy").path
      let whole = Self.file("<f4", [2, 3], isFortranOrder: false)
      try Data(whole).write(to: URL(filePath: path))
      expectError("a.npy", "3 columns", "column 3") {
        _ = try NumpyArray(path: path, columns: [0, 3])
      }
      for count in 0..<whole.count {
        try Data(whole[..<count]).write(to: URL(filePath: path))
        #expect(throws: ArrayFileError.self) { _ = try NumpyArray(path: path, columns: [0]) }
      }
      expectError("/dev/null", "device") { _ = try NumpyArray(path: "/dev/null", columns: []) }
      let archive = folder.appending(path: "a.npz").path
      try NumpyArchive.write(
        [("a", NumpyArray(shape: [2, 3], elements: .float32([1, 2, 3, 4, 5, 6])))], to: archive,
        isCompressed: false)
      var bytes = Array(try Data(contentsOf: URL(filePath: archive)))
      let data = try #require(bytes.firstRange(of: Array("NUMPY".utf8))).upperBound + 122
      // The last value, which nobody asks for.
      bytes[data + 23] ^= 1
      try Data(bytes).write(to: URL(filePath: archive))
      expectError("a.npz", "'a.npy' is damaged") {
        _ = try NumpyArchive(path: archive).array("a", columns: [0])
      }
      expectError("a.npz", "no array 'b'", "'a'") {
        _ = try NumpyArchive(path: archive).header(of: "b")
      }
    }
  }
}
