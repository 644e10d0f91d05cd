import Foundation
import TestSupport
import Testing

@testable import ChiasmFiles

@Suite("Reference: safetensors files")
struct SafetensorsReference {
  /// The names, shapes and numbers that the script wrote beside.
  private static func expected() throws -> [(name: String, shape: [Int], numbers: [Double])] {
    try TextFile.read(reference("types.tsv")).split(separator: "\n").map { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      return (
        String(fields[0]), fields[1].split(separator: "x").compactMap { Int($0) },
        fields.dropFirst(2).compactMap { Double($0) }
      )
    }
  }

  @Test("Every type has the numbers that the library wrote, whole, by columns and by blocks")
  func types() throws {
    let file = try SafetensorsFile(path: reference("types.safetensors"))
    for (name, shape, numbers) in try Self.expected() {
      let array = try file.array(name)
      #expect(try file.description(of: name).shape == shape, "\(name)")
      #expect(try array.shape == shape && array.doubles() == numbers, "\(name)")
      guard shape.count == 3 else { continue }
      let columns = try file.array(name, columns: [1, 2, 5])
      #expect(
        try columns.doubles() == (0..<4).flatMap { row in [1, 2, 5].map { numbers[row * 6 + $0] } })
      var (blocks, counts) = ([Double](), [Int]())
      try file.forEachBlock(of: name, rowCount: 3) { (block) throws(ArrayFileError) in
        blocks += try block.doubles()
        counts.append(block.shape[0])
      }
      #expect(blocks == numbers && counts == [3, 1], "\(name)")
    }
    #expect(try file.description(of: "BF16").content == .numbers("bfloat16"))
    #expect(try file.description(of: "BOOL").content == .numbers("bool"))
    #expect(try file.array("U64").elements == .uint64((0..<24).map { 1 << 63 + $0 }))
  }

  @Test("Stimuli are named by the metadata, and texts may hold what JSON escapes")
  func metadata() throws {
    let file = try SafetensorsFile(path: reference("types.safetensors"))
    #expect(file.stimulusNames == ["face", "house", "Übung", "a b"])
    #expect(file.metadata["note"] == "a \"b\" \\ \t é")
  }

  @Test("What the library sorted by names has no order of its own, and counts as people do")
  func order() throws {
    let file = try SafetensorsFile(path: reference("layers.safetensors"))
    #expect(file.names == ["layer1", "layer2", "layer10"] && !file.isInOwnOrder)
    try withTemporaryPath("x.safetensors") { path in
      let list =
        "{\"b\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
        + "\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]}}"
      try write(list, data: 2, to: path)
      let own = try SafetensorsFile(path: path)
      #expect(own.names == ["b", "a"] && own.isInOwnOrder)
    }
  }

  @Test("What is written is read back, in its order, and equal arrays give equal bytes")
  func roundTrip() throws {
    try withTemporaryPath("x.safetensors") { path in
      let arrays: [(name: String, array: NumpyArray)] = [
        ("c \"1\"\n", NumpyArray(shape: [3], elements: .float32([1, 2, 3]))),
        ("a", NumpyArray(shape: [2, 1], elements: .float64([0.1, -0.0]))),
        ("b", NumpyArray(shape: [], elements: .bool([true]))),
      ]
      let names = ["stimulus_id": "x\ny"]
      try SafetensorsFile.write(Array(arrays[1...]), metadata: names, to: path)
      let first = try Data(contentsOf: URL(filePath: path))
      try SafetensorsFile.write(
        Array(arrays[1...]), metadata: names, to: path, replacing: true)
      #expect(try Data(contentsOf: URL(filePath: path)) == first)
      expectError("exists already") { try SafetensorsFile.write([], to: path) }
      let file = try SafetensorsFile(path: path)
      #expect(file.names == ["a", "b"] && file.isInOwnOrder && file.stimulusNames == ["x", "y"])
      try SafetensorsFile.write(arrays, to: path, replacing: true)
      for (name, array) in arrays {
        #expect(try SafetensorsFile(path: path).array(name) == array, "\(name)")
      }
      try SafetensorsFile.write(
        [arrays[2], arrays[1]], metadata: names, to: path, replacing: true)
      #expect(try SafetensorsFile(path: path).names == ["b", "a"])
    }
  }
}

/// Writes a header and so many bytes of data.
private func write(_ header: String, data: Int, size: UInt64? = nil, to path: String) throws {
  let size = size ?? UInt64(header.utf8.count)
  let bytes =
    (0..<8).map { UInt8(truncatingIfNeeded: size >> (8 * $0)) } + Array(header.utf8)
    + [UInt8](repeating: 0, count: data)
  try Data(bytes).write(to: URL(filePath: path))
}

@Suite("Hostile safetensors files")
struct HostileSafetensorsFiles {
  private static func tensor(
    _ name: String = "a", _ type: String = "U8", _ shape: String = "[2]",
    _ offsets: String = "[0,2]"
  ) -> String {
    "\"\(name)\":{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":\(offsets)}"
  }

  static let headers: [(String, [String])] = [
    ("{\(tensor()),\(tensor("b", "U8", "[2]", "[1,3]"))}", ["'b' begin at 1", "within"]),
    ("{\(tensor("a", "U8", "[1]", "[1,2]"))}", ["bytes 0 to 1", "belong to nothing"]),
    ("{\(tensor("a", "U8", "[1]", "[0,1]"))}", ["take 1 bytes", "2 follow"]),
    ("{\(tensor("a", "U8", "[3]", "[0,3]"))}", ["take 3 bytes", "2 follow"]),
    ("{\(tensor("a", "F32", "[2]", "[0,2]"))}", ["takes 8 bytes", "has 2"]),
    ("{\(tensor()),\(tensor())}", ["two arrays are named 'a'"]),
    ("{\(tensor("a", "U8", "[2,9223372036854775807,4]"))}", ["too large"]),
    ("{\(tensor("a", "U8", "[0,9223372036854775807,4]", "[0,0]"))}", ["too large"]),
    ("{\(tensor("a", "U8", "[99999999999999999999]"))}", ["a whole number"]),
    ("{\(tensor("a", "U8", "[-2]"))}", ["a whole number"]),
    ("{\(tensor("a", "U8", "[2]", "[2,0]"))}", ["data_offsets that ascend"]),
    ("{\(tensor("a", "U8", "[2]", "[0]"))}", ["data_offsets that ascend"]),
    ("{\"a\":{\"dtype\":\"U8\"}}", ["lacks"]),
    ("{\"a\":{\"dtype\":{\"dtype\":{}}}}", ["no JSON of tensors"]),
    ("{\"a\":[[[[[[[[", ["no JSON of tensors"]),
    ("{\"a\":{\"more\":1}}", ["'more'", "unknown"]),
    ("{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}", ["two metadata"]),
    ("{\"__metadata__\":{\"a\":\"\\ud800\"}}", ["half of a character"]),
    ("{\"__metadata__\":{\"a\":\"\\u00\"}}", ["cut short"]),
    ("{\"__metadata__\":{\"stimulus_id\":\"a\\u0000b\"},\(tensor())}", ["NUL"]),
    ("{\(tensor())} x", ["text follows"]), ("{", ["is missing"]), ("{\"a", ["not closed"]),
  ]

  @Test("A header that lies is refused by one sentence", arguments: headers)
  func lies(header: String, words: [String]) throws {
    try withTemporaryPath("x.safetensors") { path in
      try write(header, data: 2, to: path)
      for word in words {
        expectError("x.safetensors", word) { _ = try SafetensorsFile(path: path) }
      }
    }
  }

  @Test("Sizes that lie and bytes that are no text are refused before anything is allocated")
  func sizes() throws {
    try withTemporaryPath("x.safetensors") { path in
      try write("{}", data: 0, size: .max, to: path)
      expectError("18446744073709551615 bytes is announced") { _ = try SafetensorsFile(path: path) }
      try write("{}", data: 0, size: 3, to: path)
      expectError("3 bytes is announced") { _ = try SafetensorsFile(path: path) }
      try Data([1, 2, 3]).write(to: URL(filePath: path))
      expectError("ends before its header") { _ = try SafetensorsFile(path: path) }
      try Data([4, 0, 0, 0, 0, 0, 0, 0, 0x7B, 0x22, 0xFF, 0x22]).write(to: URL(filePath: path))
      expectError("not UTF-8") { _ = try SafetensorsFile(path: path) }
    }
  }

  @Test("Numbers of a type that is not read are named, and the others are read")
  func otherTypes() throws {
    try withTemporaryPath("x.safetensors") { path in
      try write(
        "{\(Self.tensor("q", "F8_E4M3")),\(Self.tensor("r", "U8", "[1]", "[2,3]"))}", data: 3,
        to: path)
      let file = try SafetensorsFile(path: path)
      #expect(try file.description(of: "q").content == .other("numbers of type F8_E4M3"))
      expectError("x.safetensors:q", "F8_E4M3", "save them as float32") { _ = try file.array("q") }
      #expect(try file.array("r").shape == [1])
      expectError("no array 's'", "'q', 'r'") { _ = try file.array("s") }
      expectError("has 1 columns, but column 1") { _ = try file.array("r", columns: [1]) }
    }
  }
}
