import ChiasmFiles
import Foundation
import Testing

@Suite("Reference: .mat files that SciPy wrote")
struct MatFileReference {
  @Test(
    "Numbers of every type have the axes that MATLAB shows", arguments: ["variables", "compressed"])
  func numbers(_ file: String) throws {
    let mat = try MatFile(path: reference("\(file).mat"))
    func array(_ name: String) throws -> NumpyArray { try mat.array(name) }
    #expect(mat.names.prefix(3) == ["rdm", "subjects", "rows"] && mat.isInOwnOrder)
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
      try array("rows") == NumpyArray(shape: [2, 3], elements: .int16([-3, -2, -1, 0, 1, 2])))
    #expect(try array("single").elements == .float32([1.5, -0.25]))
    #expect(try array("bytes").elements == .uint8([255, 0]))
    #expect(try array("large").elements == .int64([-1 << 40, 1 << 40]))
    #expect(try array("yes").elements == .bool([true, false]))
    #expect(try array("empty").shape == [0, 3])
  }

  @Test(
    "Cells and rows of text are lists; what is neither is named",
    arguments: ["variables", "compressed"])
  func texts(_ file: String) throws {
    let mat = try MatFile(path: reference("\(file).mat"))
    func texts(_ name: String) throws -> [String] { try mat.array(name).strings() }
    #expect(try texts("stimulus_id") == ["face", "house", "Übung", "a b", "5"])
    #expect(try mat.description(of: "stimulus_id") == .init(shape: [5], content: .text))
    #expect(try texts("word") == ["one line"])
    #expect(try texts("words") == ["one", "three"])
    for (name, noun) in [
      ("mixed", "cells that are not text"), ("model", "a struct"), ("complex", "complex numbers"),
    ] {
      #expect(try mat.description(of: name).content == .other(noun))
      expectError("\(file).mat:\(name)", noun) { _ = try mat.array(name) }
    }
    expectError("no array 'other'", "'rdm'") { _ = try mat.array("other") }
  }

  @Test("Every class is kept, whatever type MATLAB stores it in, whole and by columns")
  func classes() throws {
    let mat = try MatFile(path: reference("classes.mat"))
    let numbers = (0..<24).map { Int16($0 - 5) }
    #expect(try mat.array("V1") == NumpyArray(shape: [4, 3, 2], elements: .int16(numbers)))
    let columns: [Int16] = [-4, -1, 2, 5, 8, 11, 14, 17]
    #expect(try mat.array("V1", columns: [1, 4]).elements == .int16(columns))
    #expect(try mat.array("V2").elements == .float32((0..<8).map { Float(Double($0) / 3) }))
    #expect(
      try mat.array("mask").elements
        == .bool([true, false, false, true, true, true, false, false]))
    #expect(try mat.array("big").elements == .uint64([1 << 63, 1 << 53 + 1]))
    #expect(try mat.array("stimulus_id").strings() == ["a", "b", "c", "d"])
    #expect(try mat.description(of: "sparse").content == .other("a sparse matrix"))
    #expect(try mat.description(of: "numbers").content == .other("cells that are not text"))
    #expect(try mat.description(of: "V2") == .init(shape: [4, 2], content: .numbers("float32")))
    let narrow = try MatFile(path: reference("narrow.mat"))
    #expect(
      try narrow.array("double")
        == NumpyArray(shape: [2, 3], elements: .float64([1, 3, 5, 2, 4, 200])))
    #expect(try narrow.array("single").elements == .float32([-7, 300]))
    #expect(try narrow.array("wide").elements == .int32([-1, 5]))
    #expect(try narrow.array("logical").elements == .bool([true, false, true]))
    #expect(try narrow.array("double", columns: [2]).elements == .float64([5, 200]))
  }
}

@Suite("Hostile .mat files")
struct HostileMatFiles {
  @Test(
    "What a small file stands for is refused before it is unpacked, where it takes too much memory")
  func memory() throws {
    let path = reference("zeros.mat")
    func reads(within memory: Int) throws {
      let machine = MachineLimits(processors: 1, cores: 1, memory: memory)
      _ = try MatFile(path: path, machine: machine).array("zeros")
    }
    try reads(within: 20_000_000)
    for (memory, words) in [(15_000_000, "the array takes 20000000")] {
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
    #expect(error?.description.contains("is a damaged MAT-file") == true)
  }

  private func read(_ bytes: some Collection<UInt8>) throws {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "chiasm-\(UUID().uuidString).mat")
    try Data(bytes).write(to: path)
    defer { try? FileManager.default.removeItem(at: path) }
    let mat = try MatFile(path: path.path)
    for name in mat.names {
      switch try mat.description(of: name).content {
      case .numbers, .text: _ = try mat.array(name)
      case .other: break
      }
    }
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
