import ChiasmFiles
import Foundation
import TestSupport
import Testing

@Suite("Laws: tables")
struct TableLaws {
  private func writtenAndRead(
    _ table: Table, _ delimiter: Table.Delimiter
  ) throws -> (text: String, table: Table) {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "t").path
      try table.write(to: path, delimiter: delimiter)
      return (try TextFile.read(path), try Table(path: path, delimiter: delimiter))
    }
  }

  static let awkward = Table(
    columns: ["name", "a,b", "\"q\"", "naïve 脳"],
    rows: [
      ["", "", "", ""], ["layer.2/conv", ",", "\"", "\"\""], ["x\ny", "x\r\ny", "\r", "\n"],
      [" lead", "trail ", "\t", "e\u{301}"], ["", "1", "2", ""],
    ])

  @Test("CSV gives back every value")
  func comma() throws {
    #expect(try writtenAndRead(Self.awkward, .comma).table == Self.awkward)
    for rows in [[], [[""]], [["a"], [""]]] {
      let column = Table(columns: ["x"], rows: rows)
      #expect(try writtenAndRead(column, .comma).table == column)
    }
  }

  @Test("TSV gives back every value but the empty one, which BIDS calls n/a")
  func tab() throws {
    let table = Table(columns: ["a", "\"b\""], rows: [["x y", "\""], ["", "1"], ["a,b", ""]])
    let (text, read) = try writtenAndRead(table, .tab)
    #expect(text == "a\t\"b\"\nx y\t\"\nn/a\t1\na,b\tn/a\n")
    #expect(read.rows == [["x y", "\""], ["n/a", "1"], ["a,b", "n/a"]])
  }

  @Test("TSV refuses a tab or a line end and leaves no file", arguments: ["\t", "\n", "\r"])
  func breaks(character: String) throws {
    let table = Table(columns: ["a", "b"], rows: [["1", "2"], ["3", "x\(character)y"]])
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "t.tsv").path
      expectError("row 2", "column 'b'") { try table.write(to: path) }
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(names.isEmpty)
    }
    let header = Table(columns: ["a\(character)"], rows: [])
    expectError("header") { try header.write(to: "/nowhere/t.tsv") }
    #expect(table.text(.tab) == "a\tb\n1\t2\n3\tx y\n")
  }

  @Test("A number's text is the shortest that reads back as the same number")
  func numbers() {
    let numbers = [
      0.1, 1 / 3, -0.0, 0x1p-1074, 1.7976931348623157e308, 100, .infinity, -.infinity, 1e-7,
    ]
    for delimiter in [Table.Delimiter.comma, .tab] {
      for number in numbers {
        #expect(Double(delimiter.text(number))?.bitPattern == number.bitPattern)
      }
    }
    #expect(Table.Delimiter.comma.text(0.1) == "0.1")
    #expect(Table.Delimiter.comma.text(.nan) == "")
    #expect(Table.Delimiter.tab.text(.nan) == "n/a")
  }

  @Test("A long table comes back whole")
  func long() throws {
    let rows = (0..<20_000).map { ["\($0 % 4)", "\($0)", "stimulus_\($0)"] }
    let table = Table(columns: ["session", "trial", "stimulus_id"], rows: rows)
    let read = try writtenAndRead(table, .tab).table
    #expect(try read.integers("trial") == Array(0..<20_000))
    #expect(read.location(ofRow: 19_999) == "line 20001")
  }
}
