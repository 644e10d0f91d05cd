import ChiasmFiles
import Foundation
import Testing

/// What the reference files hold: 0 … 119, again and again, in C order.
private func counting(_ count: Int) -> [Double] { (0..<count).map { Double($0 % 120) } }

private func file(_ name: String, _ place: String = "/") throws -> HDF5File {
  try HDF5File(path: reference(name), place: place)
}

@Suite("Reference: HDF5 files that h5py wrote")
struct HDF5Reference {
  static let types = [
    "little_f2", "big_f2", "little_f4", "big_f4", "little_f8", "big_f8", "little_i1", "little_i2",
    "big_i2", "little_i4", "little_i8", "big_i8", "little_u1", "little_u2", "little_u4", "big_u4",
    "little_u8",
  ]

  @Test("Numbers of every type and byte order are read", arguments: types)
  func numbers(_ name: String) throws {
    let file = try file("types.h5")
    let array = try file.array(name)
    #expect(array.shape == [5, 4])
    #expect(try array.doubles() == counting(20))
    #expect(try file.array(name, columns: [1, 3]).doubles().prefix(4) == [1, 3, 5, 7])
  }

  @Test("Truth values, single numbers, lists and text are read, and what is no number is named")
  func others() throws {
    let file = try file("types.h5")
    #expect(try file.array("bool").elements == .bool((0..<20).map { $0 % 2 == 0 }))
    #expect(try file.array("scalar") == NumpyArray(shape: [], elements: .float64([3])))
    #expect(try file.array("list") == NumpyArray(shape: [6], elements: .int16([0, 1, 2, 3, 4, 5])))
    #expect(try file.array("zero").shape == [5, 0])
    #expect(try file.array("vlen_text").strings() == ["a", "ß", "日本", ""])
    #expect(try file.array("fixed_text").strings() == ["a", "bcd"])
    #expect(try file.description(of: "complex").content != .numbers("complex128"))
    for name in ["complex", "none"] {
      guard case .other = try file.description(of: name).content else {
        Issue.record("\(name) is taken for something that is read")
        continue
      }
      expectError("types.h5:/\(name)", "numbers are expected") { _ = try file.array(name) }
    }
    expectError("has no array 'nope'") { _ = try file.array("nope") }
    expectError("column 4 is asked for") { _ = try file.array("little_f4", columns: [4]) }
  }

  static let layouts = [
    "contiguous", "chunked", "gzip", "shuffled", "shuffled_only", "checked", "voxels", "rows",
    "flat",
    "compact",
  ]

  @Test("Every layout is read whole, by columns and by blocks alike", arguments: layouts)
  func layout(_ name: String) throws {
    let file = try file("layouts.h5")
    let whole = try file.array(name)
    #expect(whole.shape == (["flat", "compact"].contains(name) ? [7, 30] : [7, 5, 6]))
    #expect(try whole.doubles() == counting(210))
    for columns in [[0], [29], [3, 4, 5, 13, 22], Array(0..<30)] {
      let wanted = (0..<7).flatMap { row in columns.map { Double((row * 30 + $0) % 120) } }
      #expect(try file.array(name, columns: columns).doubles() == wanted)
    }
    for rowCount in [1, 2, 3, 7, 100] {
      var (values, heights) = ([Double](), [Int]())
      try file.forEachBlock(of: name, rowCount: rowCount) { (block) throws(ArrayFileError) in
        values += try block.doubles()
        heights.append(block.shape[0])
      }
      #expect(values == counting(210) && heights.allSatisfy { $0 <= rowCount })
    }
  }

  @Test("What was never written holds its fill value")
  func holes() throws {
    let values = try file("layouts.h5").array("holes").integers()
    for (place, value) in values.enumerated() {
      let (row, column) = (place / 30, place % 30)
      let isWritten = row < 4 && (7..<14).contains(column)
      #expect(value == (isWritten ? place % 120 : 7))
    }
  }

  @Test("Voxels are numbered as NIfTI has them, whether trials stand first or last")
  func voxels() throws {
    let file = try file("layouts.h5")
    // trials × j × i, and the same numbers as i × j × trials would have them.
    let wanted = (0..<7).map { trial in [7, 2].map { Double((trial * 30 + $0) % 120) } }
    for threads in [1, 3] {
      #expect(try rows(0..<7, of: file, "voxels", [7, 2], rowsLast: false, threads) == wanted)
      #expect(
        try rows(2..<5, of: file, "voxels", [7, 2], rowsLast: false, threads)
          == Array(wanted[2..<5]))
    }
    for name in ["gzip", "contiguous", "checked", "shuffled"] {
      // 7 × 5 places of 6 trials: place 8 is (1, 1).
      #expect(
        try rows(1..<6, of: file, name, [8], rowsLast: true, 2) == (37..<42).map { [Double($0)] })
    }
  }

  private func rows(
    _ rows: Range<Int>, of file: HDF5File, _ name: String, _ columns: [Int], rowsLast: Bool,
    _ threads: Int
  ) throws -> [[Double]] {
    var values: [[Double]] = []
    try file.forEachRow(rows, of: name, columns: columns, rowsLast: rowsLast, threads: threads) {
      values.append($0)
    }
    return values
  }

  @Test("A filter that is not there is named, and what lies in other files is refused")
  func refusals() throws {
    expectError("layouts.h5:/lzf", "filter", "h5repack") {
      _ = try file("layouts.h5").array("lzf")
    }
    let elsewhere = try file("elsewhere.h5")
    for name in ["virtual", "external"] {
      expectError("elsewhere.h5:/\(name)", "other files") { _ = try elsewhere.array(name) }
    }
    expectError("declares 4611686018427387904 bytes") { _ = try elsewhere.array("huge") }
    expectError("declares 4294967296 bytes", "only 0 are stored") {
      _ = try elsewhere.array("large", columns: [0])
    }
  }

  @Test("Groups are walked once, and links into other files are left out")
  func links() throws {
    let whole = try file("links.h5")
    #expect(
      whole.names == ["net/alias", "net/conv2/out", "net/conv10/weight", "net/stimulus_id"])
    #expect(!whole.isInOwnOrder)
    #expect(Set(whole.brokenLinks) == ["/net/gone", "/net/circle", "/net/elsewhere", "/net/away"])
    #expect(try whole.array("net/alias").doubles() == counting(8))
    let group = try file("links.h5", "/net/conv2")
    #expect(group.names == ["out"])
    let dataset = try file("links.h5", "net/alias")
    #expect(dataset.names == ["alias", "stimulus_id"])
    #expect(try dataset.array("alias").shape == [4, 2])
    expectError("links.h5", "nothing at /nope", "net") { _ = try file("links.h5", "/nope") }
    expectError("another file") { _ = try file("links.h5", "/net/elsewhere") }
  }

  @Test("An order that the file keeps is the order of the names")
  func order() throws {
    let file = try file("ordered.h5")
    #expect(file.names == ["zeta", "alpha", "mid", "stimulus_id"] && file.isInOwnOrder)
    #expect(try file.array("stimulus_id").identifiers() == ["3", "1", "2"])
  }
}

@Suite("Reference: MATLAB 7.3 and netCDF-4")
struct HDF5DialectReference {
  @Test("Arrays have the axes that MATLAB shows")
  func axes() throws {
    let file = try #require(try ArrayFiles.open(reference("matlab73.mat")))
    #expect(try file.description(of: "betas").shape == [3, 2, 5])
    #expect(try file.array("betas").doubles() == counting(30))
    #expect(try file.array("betas", columns: [4, 5]).doubles() == [4, 5, 14, 15, 24, 25])
    var blocks: [[Double]] = []
    try file.forEachBlock(of: "betas", rowCount: 2) { (block) throws(ArrayFileError) in
      blocks.append(try block.doubles())
    }
    #expect(blocks.flatMap { $0 } == counting(30) && blocks.map(\.count) == [20, 10])
    #expect(try file.array("single").elements == .float32(counting(12).map { Float($0) }))
    #expect(try file.array("mask").elements == .bool((0..<12).map { $0 % 2 == 1 }))
    #expect(try file.array("empty").shape == [0, 4])
    #expect(try file.array("info/size").doubles() == [2])
  }

  @Test("Cells and rows of text are names; the contents of cells are no arrays of their own")
  func texts() throws {
    let file = try HDF5File(path: reference("matlab73.mat"))
    #expect(!file.names.contains { $0.hasPrefix("#") })
    #expect(try file.array("stimulus_id").identifiers() == ["s1", "s2", "s3"])
    #expect(try file.array("names").strings() == ["ab", "cde"])
    expectError("numbers_in_cells", "cell 1 is no text") {
      _ = try file.array("numbers_in_cells")
    }
  }

  @Test("Variables of netCDF know their dimensions")
  func netCDF() throws {
    let file = try HDF5File(path: reference("assembly.nc"))
    #expect(file.dimensions(of: "responses") == ["presentation", "neuroid"])
    #expect(file.dimensions(of: "layer") == ["neuroid"])
    #expect(try file.array("stimulus_id").strings() == ["b", "a", "d", "c"])
    #expect(try file.array("responses").doubles() == counting(24))
    #expect(!file.names.contains("presentation"))
  }
}
