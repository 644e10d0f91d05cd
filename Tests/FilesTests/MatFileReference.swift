import ChiasmFiles
import Foundation
import Testing

@Suite("Reference: .mat files that SciPy wrote")
struct MatFileReference {
  @Test(
    "Numbers of every type have the axes that MATLAB shows", arguments: ["variables", "compressed"])
  func numbers(_ file: String) throws {
    let variables = try MatFile(path: reference("\(file).mat")).variables
    func array(_ name: String) throws -> NumpyArray {
      guard case .numbers(let array) = variables.first(where: { $0.name == name })?.value else {
        throw ArrayFileError.malformed(path: name, problem: "is no array")
      }
      return array
    }
    let five: [Double] = [
      0, 1, 2, 3, 4, 1, 0, 5, 6, 7, 2, 5, 0, 8, 9, 3, 6, 8, 0, 10, 4, 7, 9, 10, 0,
    ]
    #expect(try array("rdm").shape == [5, 5])
    #expect(try array("rdm").doubles() == five.map { $0 / 8 })
    let subjects = try array("subjects")
    #expect(subjects.shape == [5, 5, 3])
    for (number, factor) in [1.0, 2, 4].enumerated() {
      let values = try subjects.doubles()
      #expect((0..<25).map { values[$0 * 3 + number] } == five.map { $0 * factor / 8 })
    }
    #expect(
      try array("rows") == NumpyArray(shape: [2, 3], elements: .float64([-3, -2, -1, 0, 1, 2])))
    #expect(try array("single").doubles() == [1.5, -0.25])
    #expect(try array("bytes").doubles() == [255, 0])
    #expect(try array("large").doubles() == [-0x1p40, 0x1p40])
    #expect(try array("yes").doubles() == [1, 0])
    #expect(try array("empty").shape == [0, 3])
  }

  @Test(
    "Cells and rows of text are lists; what is neither is named",
    arguments: ["variables", "compressed"])
  func texts(_ file: String) throws {
    let variables = Dictionary(
      uniqueKeysWithValues: try MatFile(path: reference("\(file).mat")).variables.map {
        ($0.name, $0.value)
      })
    #expect(variables["stimulus_id"] == .texts(["face", "house", "Übung", "a b", "5"]))
    #expect(variables["word"] == .texts(["one line"]))
    #expect(variables["words"] == .texts(["one", "three"]))
    #expect(variables["mixed"] == .other("cells that are not text"))
    #expect(variables["model"] == .other("a struct"))
    #expect(variables["complex"] == .other("complex numbers"))
  }
}

@Suite("Hostile .mat files")
struct HostileMatFiles {
  @Test(
    "What a small file stands for is refused before it is unpacked, where it takes too much memory")
  func memory() throws {
    let path = reference("zeros.mat")
    func reads(within memory: Int) throws {
      _ = try MatFile(path: path, machine: MachineLimits(processors: 1, cores: 1, memory: memory))
    }
    try reads(within: 200_000_000)
    // The bytes fit, but not the doubles; nor the bytes.
    for (memory, words) in [
      (100_000_000, "zeros takes 170"), (5_000_000, "a compressed variable takes 10"),
    ] {
      let error = #expect(throws: ArrayFileError.self) { try reads(within: memory) }
      let sentence = error?.description ?? ""
      #expect(sentence.contains(words) && sentence.contains("there are \(memory)"), "\(sentence)")
      #expect(sentence.hasPrefix(path) && sentence.contains("save fewer"))
    }
  }

  @Test("A stream is unpacked no further than its variable says", arguments: [0, 8, 4000])
  func announced(_ size: Int) throws {
    // Blocks that are stored can be written by hand.
    func stored(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
      let count = UInt16(bytes.count)
      return joined([isLast ? 1 : 0], little(count), little(~count), bytes)
    }
    func little(_ number: UInt16) -> [UInt8] { [UInt8(number & 255), UInt8(number >> 8)] }
    func tag(_ type: UInt8, _ size: Int) -> [UInt8] {
      joined([type, 0, 0, 0], little(UInt16(size)), [0, 0])
    }
    func joined(_ parts: [UInt8]...) -> [UInt8] { Array(parts.joined()) }
    let zeros = [UInt8](repeating: 0, count: 2000)
    let stream = joined(
      [0x78, 0x01], stored(tag(14, size), isLast: false), stored(zeros, isLast: true), [0, 0, 0, 0])
    let header = joined(
      Array("MATLAB 5.0 MAT-file".utf8), [UInt8](repeating: 32, count: 105), [0, 1],
      Array("IM".utf8))
    let error = #expect(throws: ArrayFileError.self) {
      try read(joined(header, tag(15, stream.count), stream))
    }
    #expect(error?.description.contains("fewer or more bytes than it says") == true)
  }

  private func read(_ bytes: some Collection<UInt8>) throws {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "chiasm-\(UUID().uuidString).mat")
    try Data(bytes).write(to: path)
    defer { try? FileManager.default.removeItem(at: path) }
    _ = try MatFile(path: path.path)
  }

  @Test("Version 7.3 and files that are none are refused, with what to do")
  func versions() throws {
    func refuses(_ words: String..., bytes: [UInt8]) {
      let error = #expect(throws: ArrayFileError.self) { try read(bytes) }
      for word in words { #expect(error?.description.contains(word) == true, "\(word)") }
    }
    let newer = Array("MATLAB 7.3 MAT-file, Platform: GLNXA64".utf8)
    refuses("7.3", "HDF5", "-v7", ".npy", bytes: newer + [UInt8](repeating: 0, count: 1000))
    refuses("7.3", "-v7", bytes: [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A])
    refuses("no MAT-file of version 5", bytes: [])
    refuses("no MAT-file of version 5", bytes: [UInt8](repeating: 0, count: 200))
    let header = Array("MATLAB 5.0 MAT-file".utf8) + [UInt8](repeating: 32, count: 109)
    refuses("byte order", bytes: header)
  }

  @Test(
    "A file cut short anywhere, or with any byte changed, is read or refused",
    arguments: ["variables", "compressed"])
  func mutated(_ file: String) throws {
    let bytes = Array(try Data(contentsOf: URL(filePath: reference("\(file).mat"))))
    var refused = 0
    func attempt(_ bytes: [UInt8]) {
      do {
        try read(bytes)
      } catch {
        #expect(error is ArrayFileError)
        refused += 1
      }
    }
    for count in stride(from: 0, to: bytes.count, by: 3) { attempt(Array(bytes[..<count])) }
    for place in 120..<bytes.count {
      for value in [0, 0x7F, 0xFF, bytes[place] ^ 1] as [UInt8] {
        var changed = bytes
        changed[place] = value
        attempt(changed)
      }
    }
    #expect(refused > bytes.count / 3)
  }
}
