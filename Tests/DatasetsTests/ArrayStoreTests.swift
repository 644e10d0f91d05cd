import ChiasmDatasets
import ChiasmFiles
import ChiasmLinearAlgebra
import ChiasmResponses
import Foundation
import TestSupport
import Testing

@Suite("A file of arrays as a response set")
struct ArrayStoreTests {
  private static let ids = ["a", "b", "c"]

  /// An archive with a matrix of two columns, one of two axes, one of other rows, and a list.
  private func withArchive(
    names: NumpyArray? = nil, _ body: (NumpyArchive) throws -> Void
  ) throws {
    try withTemporaryPath("x.npz") { path in
      func array(_ shape: [Int]) -> NumpyArray {
        NumpyArray(
          shape: shape, elements: .float32((0..<shape.reduce(1, *)).map { Float($0) }))
      }
      let arrays = [
        ("two", array([3, 2])), ("deep", array([3, 2, 2])), ("other", array([2, 3])),
        ("list", array([3])),
      ]
      try NumpyArchive.write(arrays + (names.map { [("stimulus_id", $0)] } ?? []), to: path)
      try body(NumpyArchive(path: path))
    }
  }

  @Test("Stages are the matrices with a row for each stimulus; others are named")
  func stages() throws {
    let names = NumpyArray(shape: [3], elements: .strings(Self.ids))
    try withArchive(names: names) { archive in
      let store = try ArrayStore(archive)
      #expect(store.stimulusIDs == Self.ids && store.files(of: []) == [archive.path])
      #expect(store.entries.map(\.name) == ["two", "deep"])
      #expect(store.notes.count == 2 && store.notes[1].contains("other [2, 3], list [3]"))
      #expect(
        try store.shape(of: store.entries[1])
          == StageShape(rowCount: 3, axes: [2, 2], datatype: "float32"))
      #expect(
        try store.read(store.entries[1], columns: [1, 3]).responses.elements
          == [1, 3, 5, 7, 9, 11])
    }
  }

  @Test("Whole numbers name stimuli whatever their type; others are no names")
  func numbers() throws {
    for elements in [
      NumpyArray.Elements.float64([3, 1, 20]), .float32([3, 1, 20]), .int16([3, 1, 20]),
    ] {
      try withArchive(names: NumpyArray(shape: [3, 1], elements: elements)) { archive in
        let store = try ArrayStore(archive)
        #expect(store.stimulusIDs == ["3", "1", "20"])
      }
    }
    try withArchive(names: NumpyArray(shape: [3], elements: .float64([1, 2.5, 3]))) { archive in
      expectError("stimulus_id", "2.5 is no name") { _ = try ArrayStore(archive) }
    }
  }

  @Test("The only matrix of a file is no guess, and what is not read is named")
  func others() throws {
    try withTemporaryPath("x.safetensors") { path in
      let array = NumpyArray(shape: [3, 1], elements: .float32([1, 2, 3]))
      try SafetensorsFile.write(
        [("a", array)], metadata: ["stimulus_id": "p\nq\nr"], to: path)
      let store = try ArrayStore(SafetensorsFile(path: path))
      #expect(store.stimulusIDs == ["p", "q", "r"] && store.notes.isEmpty)
      let list = path + ".txt"
      try TextFile.write("1\n2\n3\n", to: list)
      let named = try ArrayStore(SafetensorsFile(path: path), list: list)
      #expect(named.stimulusIDs == ["1", "2", "3"] && named.files(of: []) == [path, list])
    }
  }

  @Test("Blocks of rows are the matrix, and an error of the caller ends them")
  func blocks() throws {
    struct Stop: Error {}
    let names = NumpyArray(shape: [3], elements: .strings(Self.ids))
    try withArchive(names: names) { archive in
      let store = try ArrayStore(archive)
      var blocks: [[Double]] = []
      try store.forEachBlock(of: store.entries[0], rowCount: 2) { blocks.append($0.elements) }
      #expect(blocks == [[0, 1, 2, 3], [4, 5]])
      #expect(throws: Stop.self) {
        try store.forEachBlock(of: store.entries[0], rowCount: 1) { _ in throw Stop() }
      }
    }
  }

  @Test("A table beside the file names its stimuli, and a table that is given goes before all")
  func tables() throws {
    try withArchive { archive in
      expectError("x.npz", "stimulus_id", "x.npz.stimuli.tsv") { _ = try ArrayStore(archive) }
      let beside = archive.path + ".stimuli.tsv"
      try Table(columns: ["stimulus_id"], rows: [["1"], ["2"], ["3"]]).write(to: beside)
      let store = try ArrayStore(archive)
      #expect(store.stimulusIDs == ["1", "2", "3"])
      #expect(store.files(of: []) == [archive.path, beside])
      let list = archive.path + ".list.tsv"
      try Table(columns: ["stimulus_id"], rows: [["x"], ["y"]]).write(to: list)
      #expect(try ArrayStore(archive, list: list).entries.map(\.name) == ["other"])
      try Table(columns: ["stimulus_id"], rows: [["x"]]).write(to: list, replacing: true)
      expectError("no matrix with a row for each of its 1") {
        _ = try ArrayStore(archive, list: list)
      }
      let lines = archive.path + ".txt"
      for text in ["p\nq\nr\n", "p\r\nq\r\nr", "stimulus_id\tx\np\t1\nq\t2\nr\t3\n"] {
        try TextFile.write(text, to: lines, replacing: true)
        let store = try ArrayStore(archive, list: lines)
        #expect(store.stimulusIDs == ["p", "q", "r"])
      }
      try TextFile.write("p\n\nr\n", to: lines, replacing: true)
      expectError(".txt", "stimulus 2 is an empty line") {
        _ = try ArrayStore(archive, list: lines)
      }
    }
  }
}
