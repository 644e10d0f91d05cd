import ChiasmFiles
import Foundation
import Testing

@Suite("Laws: .npz files")
struct NumpyArchiveLaws {
  static let arrays: [(name: String, array: NumpyArray)] = [
    ("layer.2/conv", NumpyArray(shape: [2, 2], elements: .float32([1, 2, 3, 4]))),
    ("名", NumpyArray(shape: [0], elements: .float64([]))),
    ("zeros", NumpyArray(shape: [1000], elements: .int64(Array(repeating: 0, count: 1000)))),
    ("names", NumpyArray(shape: [1], elements: .strings(["x"]))),
  ]

  @Test("What is written is read, stored and deflated", arguments: [false, true])
  func roundTrip(isCompressed: Bool) throws {
    try withTemporaryPath("a.npz") { path in
      try NumpyArchive.write(Self.arrays, to: path, isCompressed: isCompressed)
      let archive = try NumpyArchive(path: path)
      #expect(archive.names == Self.arrays.map(\.name))
      for (name, array) in Self.arrays {
        #expect(try archive.array(name) == array)
      }
      let size = try Data(contentsOf: URL(filePath: path)).count
      #expect(isCompressed ? size < 2000 : size > 8000)
    }
  }

  @Test("Equal arrays give equal bytes, dated 1980-01-01 whatever the clock says")
  func determinism() throws {
    try withTemporaryPath("a.npz") { path in
      let first = try Self.bytesAfterWriting(path)
      #expect(try Self.bytesAfterWriting(path) == first)
      let date = try #require(first.firstRange(of: [0x50, 0x4B, 3, 4])).lowerBound + 10
      #expect(Array(first[date..<date + 4]) == [0, 0, 0x21, 0])
    }
  }

  private static func bytesAfterWriting(_ path: String) throws -> [UInt8] {
    try NumpyArchive.write(arrays, to: path, replacing: true)
    return Array(try Data(contentsOf: URL(filePath: path)))
  }

  @Test("An archive of nothing is read as nothing")
  func empty() throws {
    try withTemporaryPath("a.npz") { path in
      try NumpyArchive.write([], to: path)
      #expect(try NumpyArchive(path: path).names.isEmpty)
      expectError("exists already") { try NumpyArchive.write([], to: path) }
    }
  }

  @Test("Sparse matrices come back whole, the empty one too")
  func sparse() throws {
    let matrices = [
      CompressedSparseRows(
        rowCount: 3, columnCount: 4, rowStarts: [0, 2, 2, 3], columns: [3, 0, 1],
        values: [0.1, -.infinity, 5]),
      CompressedSparseRows(rowCount: 0, columnCount: 0, rowStarts: [0], columns: [], values: []),
      CompressedSparseRows(
        rowCount: 1, columnCount: 1 << 40, rowStarts: [0, 1], columns: [1 << 39], values: [1]),
    ]
    for matrix in matrices {
      try withTemporaryPath("plan.npz") { path in
        try matrix.write(to: path)
        #expect(try CompressedSparseRows(path: path) == matrix)
      }
    }
  }
}

@Suite("Contract: broken .npz files end in one error")
struct HostileNumpyArchives {
  private func expectRefusal(
    of bytes: [UInt8], _ word: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try withTemporaryPath("x.npz") { path in
      try AtomicFile.write(bytes, to: path)
      expectError("x.npz", word, sourceLocation: sourceLocation) {
        let archive = try NumpyArchive(path: path)
        for name in archive.names { _ = try archive.array(name) }
      }
    }
  }

  @Test("What is no archive says so")
  func noArchive() throws {
    try expectRefusal(of: [], "is an empty file, not an .npz archive")
    try expectRefusal(of: bytes("scalar.npy"), "is a NumPy array (.npy), not an .npz archive")
    try expectRefusal(of: Array(bytes("stored.npz").dropLast(30)), "is a damaged zip archive")
    #expect(throws: ArrayFileError.missing(path: "/no/x.npz")) {
      _ = try NumpyArchive(path: "/no/x.npz")
    }
    expectError("folder") { _ = try NumpyArchive(path: "/tmp") }
  }

  @Test("Entries that share their bytes are refused before anything is unpacked")
  func overlappingEntries() throws {
    var file: [UInt8] = []
    try withTemporaryPath("one.npz") { path in
      try NumpyArchive.write(
        [("a", NumpyArray(shape: [9000], elements: .int8((0..<9000).map { Int8($0 % 90) })))],
        to: path)
      file = try Array(Data(contentsOf: URL(filePath: path)))
    }
    let entry = try #require(file.firstRange(of: [0x50, 0x4B, 1, 2])).lowerBound
    var end = try #require(file.firstRange(of: [0x50, 0x4B, 5, 6])).lowerBound
    let name = try #require(file[entry..<end].firstRange(of: Array("a.npy".utf8))).lowerBound
    let directory = ["a", "b", "c"].flatMap { letter -> [UInt8] in
      var copy = Array(file[entry..<end])
      copy[name - entry] = Array(letter.utf8)[0]
      return copy
    }
    var shared = Array(file[..<entry] + directory + file[end...])
    end = entry + directory.count
    // The end of the directory tells how many entries there are, and the size of all.
    (shared[end + 8], shared[end + 10]) = (3, 3)
    shared[end + 12] = UInt8(directory.count % 256)
    shared[end + 13] = UInt8(directory.count / 256)
    try expectRefusal(of: shared, "its entries overlap")
  }

  @Test("A changed byte in the data is found by the checksum")
  func checksum() throws {
    var file = try bytes("stored.npz")
    let data = try #require(file.firstRange(of: Array("NUMPY".utf8))).upperBound + 130
    file[data] ^= 1
    try expectRefusal(of: file, "'block00.npy' is damaged")
  }

  @Test("A size that the packed bytes cannot hold allocates nothing")
  func bomb() throws {
    for name in ["stored.npz", "deflated.npz"] {
      var file = try bytes(name)
      let entry = try #require(file.firstRange(of: [0x50, 0x4B, 1, 2])).lowerBound
      file.replaceSubrange(entry + 24..<entry + 28, with: [0xF0, 0xFF, 0xFF, 0xEF])
      try expectRefusal(of: file, "damaged")
    }
  }

  @Test("An archive with any byte changed is read or refused")
  func mutation() throws {
    let file = try bytes("csr.npz")
    try withTemporaryPath("x.npz") { path in
      var refused = 0
      for position in stride(from: 0, to: file.count, by: 3) {
        var changed = file
        changed[position] ^= 0xFF
        try Data(changed).write(to: URL(filePath: path))
        do throws(ArrayFileError) {
          _ = try CompressedSparseRows(path: path)
        } catch {
          refused += 1
        }
      }
      #expect(refused > 0)
    }
  }

  @Test("Two arrays of one name are refused")
  func duplicates() throws {
    try withTemporaryPath("x.npz") { path in
      let array = NumpyArray(shape: [], elements: .int8([1]))
      try NumpyArchive.write([("a", array), ("b", array)], to: path)
      let file = Array(try Data(contentsOf: URL(filePath: path)))
      let name = Array("b.npy".utf8)
      var renamed = file
      while let range = renamed.firstRange(of: name) {
        renamed.replaceSubrange(range, with: Array("a.npy".utf8))
      }
      try expectRefusal(of: renamed, "two arrays are named 'a'")
    }
  }

  @Test("Sparse parts that do not agree are refused")
  func sparse() throws {
    func write(_ columns: [Int64], _ starts: [Int64], to path: String) throws {
      try NumpyArchive.write(
        [
          ("indices", NumpyArray(shape: [columns.count], elements: .int64(columns))),
          ("indptr", NumpyArray(shape: [starts.count], elements: .int64(starts))),
          ("format", NumpyArray(shape: [], elements: .bytes(["csr"]))),
          ("shape", NumpyArray(shape: [2], elements: .int64([2, 3]))),
          ("data", NumpyArray(shape: [2], elements: .float64([1, 2]))),
        ], to: path, replacing: true)
    }
    try withTemporaryPath("x.npz") { path in
      try write([0, 2], [0, 1, 2], to: path)
      #expect(try CompressedSparseRows(path: path).columns == [0, 2])
      for (columns, starts) in [
        ([0, 3], [0, 1, 2]), ([0, -1], [0, 1, 2]), ([0, 2], [0, 3, 2]), ([0, 2], [0, 2]),
        ([0, 2], [1, 1, 2]), ([0], [0, 1, 1]), ([0, 2], []),
      ] as [([Int64], [Int64])] {
        try write(columns, starts, to: path)
        expectError("x.npz", "ind") { _ = try CompressedSparseRows(path: path) }
      }
    }
  }
}
