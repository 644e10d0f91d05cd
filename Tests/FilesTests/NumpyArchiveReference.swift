import ChiasmFiles
import Testing

@Suite("Reference: archives that NumPy and SciPy wrote")
struct NumpyArchiveReference {
  @Test("Stored and deflated arrays are read by name", arguments: ["stored", "deflated"])
  func arrays(name: String) throws {
    let archive = try NumpyArchive(path: reference("\(name).npz"))
    #expect(archive.names == ["block00", "a/b.c", "name"])
    let block = try archive.array("block00")
    #expect(block.shape == [3, 4])
    #expect(try block.floats() == (0..<12).map { Float($0) / 8 })
    #expect(try archive.array("a/b.c").integers() == Array(0..<24))
    #expect(try archive.array("name").strings() == ["x", "yz"])
  }

  @Test("An array that is not there is an error that lists those that are")
  func missingArray() throws {
    let archive = try NumpyArchive(path: reference("stored.npz"))
    expectError("stored.npz", "'block1'", "'block00', 'a/b.c', 'name'") {
      _ = try archive.array("block1")
    }
  }

  @Test("Entries that are no arrays are left out, other packings refused by number")
  func others() throws {
    #expect(try NumpyArchive(path: reference("with_note.npz")).names == ["grid"])
    let archive = try NumpyArchive(path: reference("bzip2.npz"))
    expectError("bzip2.npz", "method 12") { _ = try archive.array("grid") }
  }

  @Test("Sparse matrices of SciPy are read", arguments: ["csr", "csr_float32_stored"])
  func sparse(name: String) throws {
    let matrix = try CompressedSparseRows(path: reference("\(name).npz"))
    let isSingle = name != "csr"
    #expect(
      matrix
        == CompressedSparseRows(
          rowCount: 4, columnCount: 5, rowStarts: [0, 1, 1, 3, 3], columns: [4, 0, 3],
          values: isSingle ? [0.25, Double(Float(1) / 3), -0.0] : [0.25, 1 / 3, -2.5e-300]))
    expectError("csc.npz", "csr is expected") {
      _ = try CompressedSparseRows(path: reference("csc.npz"))
    }
    expectError("stored.npz", "'format'") {
      _ = try CompressedSparseRows(path: reference("stored.npz"))
    }
  }

  @Test("A written sparse matrix holds the arrays that SciPy writes, type by type")
  func sparseParts() throws {
    try withTemporaryPath("plan.npz") { path in
      try CompressedSparseRows(path: reference("csr.npz")).write(to: path)
      let (ours, theirs) = try (
        NumpyArchive(path: path), NumpyArchive(path: reference("csr.npz"))
      )
      #expect(Set(ours.names) == Set(theirs.names))
      for name in theirs.names {
        #expect(try ours.array(name) == theirs.array(name))
      }
    }
  }
}
