import Foundation
import Testing

@testable import ChiasmFiles

@Suite("Contract: broken .npy files end in one error")
struct HostileNumpyFiles {
  /// The bytes of a file with this header text.
  private func file(
    _ header: String, version: UInt8 = 1, length: Int? = nil, data: Int = 0
  ) -> [UInt8] {
    let length = length ?? header.utf8.count
    let lengthBytes = (0..<(version == 1 ? 2 : 4)).map {
      UInt8(truncatingIfNeeded: length >> (8 * $0))
    }
    return [0x93] + Array("NUMPY".utf8) + [version, 0] + lengthBytes + Array(header.utf8)
      + Array(repeating: 0, count: data)
  }

  private func expectMalformed(
    _ file: [UInt8], _ word: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let error = expectError("x.npy", word, sourceLocation: sourceLocation) {
      _ = try NumpyArray(decoding: file, name: "x.npy")
    }
    guard case .malformed = error else {
      Issue.record("not malformed", sourceLocation: sourceLocation)
      return
    }
  }

  private func header(_ shape: String, type: String = "<f4") -> String {
    "{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }\n"
  }

  @Test("Dimensions that overflow or exceed the file allocate nothing")
  func dimensions() {
    expectMalformed(file(header("(4611686018427387904, 4)")), "too large")
    expectMalformed(file(header("(9223372036854775807, 9223372036854775807)")), "too large")
    expectMalformed(file(header("(0, 9223372036854775807, 3)")), "too large")
    expectMalformed(file(header("(99999999999999999999,)")), "shape")
    expectMalformed(file(header("(1000000000000,)")), "4000000000000 bytes, but 0")
    expectMalformed(file(header("(-1,)")), "shape")
    expectMalformed(file(header("(\(String(repeating: "1,", count: 65)))"), data: 4), "too large")
    expectMalformed(file(header("(1000000000000,)", type: "<U0")), "no width")
    expectMalformed(file(header("(3,)", type: "<U9223372036854775807")), "type")
    expectMalformed(file(header("(3,)", type: "S9223372036854775807")), "too large")
  }

  @Test(
    "An array that takes more memory than there is, its copy included, is refused before its data",
    arguments: [("<f8", 8), ("|i1", 1), ("<f2", 6), ("|b1", 2), ("|S1", 17), ("|S8", 24)])
  func memory(_ type: String, _ width: Int) throws {
    let count = 1000
    let bytes = file(header("(\(count),)", type: type), data: count * (Int(type.dropFirst(2)) ?? 0))
    try bytes.withUnsafeBufferPointer { bytes in
      let header = try NumpyHeader(byteCount: bytes.count, name: "x.npy", read: bytes.reader)
      func machine(_ memory: Int) -> MachineLimits {
        MachineLimits(processors: 1, cores: 1, memory: memory)
      }
      for memory in [count * width - 1, count * width] {
        var data = NumpyData(header: header, name: "x.npy")
        data.machine = machine(memory)
        guard memory < count * width else {
          try data.checkMemory(count)
          continue
        }
        expectError("x.npy", "takes \(count * width) bytes of memory") {
          _ = try data.elements(0..<count, bytes.reader)
        }
      }
    }
  }

  @Test("Too little and too much data are refused with the numbers")
  func dataSize() {
    expectMalformed(file(header("(2, 3)"), data: 23), "takes 24 bytes, but 23")
    expectMalformed(file(header("(2, 3)"), data: 25), "takes 24 bytes, but 25")
    expectMalformed(file(header("()"), data: 0), "takes 4 bytes, but 0")
  }

  @Test("A file cut at any byte is refused")
  func truncation() throws {
    let whole = NumpyArray(shape: [2, 2], elements: .int16([1, 2, 3, 4])).encoded()
    for count in 0..<whole.count {
      #expect(throws: ArrayFileError.self) {
        _ = try NumpyArray(decoding: Array(whole[..<count]), name: "x.npy")
      }
    }
  }

  @Test("A file with any byte changed is read or refused")
  func mutation() throws {
    let whole = NumpyArray(shape: [2, 2], elements: .strings(["a", "b", "c", "d"])).encoded()
    var refused = 0
    for position in 0..<whole.count {
      for value: UInt8 in [0, 0x27, 0x28, 0x39, 0x4F, 0x7D, 0xFF] {
        var bytes = whole
        bytes[position] = value
        do throws(ArrayFileError) {
          _ = try NumpyArray(decoding: bytes, name: "x.npy")
        } catch {
          refused += 1
        }
      }
    }
    #expect(refused > whole.count)
  }

  @Test("Magic, version and header length are checked")
  func preamble() {
    expectMalformed([], "first bytes")
    expectMalformed(Array("PK\u{3}\u{4} an archive, not an array".utf8), "first bytes")
    expectMalformed(file(header("(1,)"), version: 4, data: 4), "version 4")
    expectMalformed(file(header("(1,)"), version: 0, data: 4), "version 0")
    expectMalformed(file(header("(1,)"), length: 60_000, data: 4), "60000 bytes are announced")
    expectMalformed(
      file(header("(1,)"), version: 2, length: 0xFFFF_FFFF, data: 4), "4294967295 bytes")
  }

  @Test(
    "A header that is no dictionary of the three keys is refused",
    arguments: [
      "", "{", "{}", "{'descr': '<f4'}", "{'descr' '<f4'}", "{'descr': '<f4", "[1, 2]",
      "{'descr': '<f4', 'fortran_order': 0, 'shape': (1,)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': [1]}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (1 2)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'more': 1}",
      "{'descr': '<f4', 'descr': '<f8', 'fortran_order': False, 'shape': (1,)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} import os",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (1,",
    ])
  func dictionaries(header: String) {
    expectMalformed(file(header, data: 4), "header cannot be read")
  }

  @Test("Types that do not exist are refused", arguments: ["<f3", "<f16", "q", "", "<i0", "<i-4"])
  func types(name: String) {
    expectMalformed(file(header("(1,)", type: name), data: 4), "not read")
  }

  @Test("Keys in another order, other quotes and Python 2 integers are read")
  func variants() throws {
    let text = "{\"shape\":(2L,),\"fortran_order\":True,\"descr\":\"=u1\"}"
    let array = try NumpyArray(decoding: file(text, data: 2), name: "x.npy")
    #expect(array == NumpyArray(shape: [2], elements: .uint8([0, 0])))
  }

  @Test("Code points that are no characters are refused")
  func surrogates() {
    var bytes = NumpyArray(shape: [1], elements: .strings(["a"])).encoded()
    bytes.replaceSubrange(bytes.count - 4..<bytes.count, with: [0x00, 0xD8, 0, 0])
    expectMalformed(bytes, "element 0 is not Unicode")
  }

  @Test("A path that leads to no file, or to a folder, says so")
  func paths() {
    #expect(throws: ArrayFileError.missing(path: "/no/such.npy")) {
      _ = try NumpyArray(path: "/no/such.npy")
    }
    expectError("folder") { _ = try NumpyArray(path: "/tmp") }
    expectError("/dev/null", "device") { _ = try NumpyArray(path: "/dev/null") }
  }

  @Test("A file that becomes shorter while it is read is refused")
  func shortened() throws {
    try withTemporaryPath("a.npy") { path in
      try NumpyArray(shape: [2_000_000], elements: .int8(.init(repeating: 1, count: 2_000_000)))
        .write(to: path)
      var blocks = 0
      expectError("a.npy", "shorter") {
        try NumpyFile(path: path).forEachBlock(of: "a") { _ in
          blocks += 1
          truncate(path, 1000)
        }
      }
      #expect(blocks == 1)
    }
  }

  @Test("Blocks are the numbers in C order, of any order and type")
  func blocks() throws {
    let names = ["fortran_big", "f2_big"]
    for name in names {
      var numbers: [Double] = []
      try NumpyFile(path: reference(name + ".npy")).forEachBlock(of: name) { numbers += $0 }
      let whole = try NumpyArray(path: reference(name + ".npy")).doubles()
      #expect(numbers.map(\.bitPattern) == whole.map(\.bitPattern))
    }
    try withTemporaryPath("a.npz") { path in
      let values = (0..<1_200_000).map { Int32($0) }
      try NumpyArchive.write(
        [("a", NumpyArray(shape: [2, 600_000], elements: .int32(values)))], to: path)
      var numbers: [Double] = []
      try NumpyArchive(path: path).forEachBlock(of: "a") { numbers += $0 }
      #expect(numbers == values.map(Double.init))
      expectError("holds text") {
        try NumpyFile(path: reference("text_big.npy")).forEachBlock(of: "text_big") { _ in }
      }
    }
  }
}
