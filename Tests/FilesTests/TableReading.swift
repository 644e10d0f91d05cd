import ChiasmFiles
import Foundation
import TestSupport
import Testing

@Suite("Contract: reading tables")
struct TableReading {
  private func table(_ text: String, _ delimiter: Table.Delimiter = .tab) throws -> Table {
    try Table(decoding: Array(text.utf8), delimiter: delimiter, path: "x.tsv")
  }

  private let expected = Table(columns: ["a", "b"], rows: [["1", "2"], ["x y", "n/a"]])

  @Test(
    "Byte order mark, CRLF, a missing last line end and empty last lines change nothing",
    arguments: [
      "a\tb\n1\t2\nx y\tn/a\n", "a\tb\n1\t2\nx y\tn/a", "a\tb\r\n1\t2\r\nx y\tn/a\r\n",
      "\u{FEFF}a\tb\n1\t2\nx y\tn/a\n\n\n", "a\tb\r\n1\t2\r\nx y\tn/a\r\n\r\n",
    ])
  func lineEnds(text: String) throws {
    #expect(try table(text) == expected)
    #expect(try table(text.split(separator: "\t").joined(separator: ","), .comma) == expected)
  }

  @Test("Quotes in CSV hold commas, quotes and line ends; TSV has no quotes")
  func quotes() throws {
    let text = "\"a\",b\r\n\"1,\"\"2\"\"\",\"x\r\ny\"\n\"\",6\" tall\n"
    let read = try table(text, .comma)
    #expect(read == Table(columns: ["a", "b"], rows: [["1,\"2\"", "x\r\ny"], ["", "6\" tall"]]))
    #expect(read.location(ofRow: 1) == "line 4")
    #expect(try table("\"a\"\tb\n\"\t\"").rows == [["\"", "\""]])
  }

  @Test("A header alone is a table without rows, a column of empty values keeps its rows")
  func small() throws {
    #expect(try table("a\tb\n").rows.isEmpty)
    #expect(try table("a\n\n1\n").rows == [[""], ["1"]])
    #expect(try table("a\n\"\"\n", .comma).rows == [[""]])
  }

  @Test("Broken tables are refused with the line")
  func broken() {
    expectError("x.tsv", "line 3 has 1 value where the header has 2") {
      _ = try table("a\tb\n1\t2\n3\n")
    }
    expectError("line 2 has 3 values") { _ = try table("a\tb\n1\t2\t3\n") }
    expectError("line 3 has 1 value") { _ = try table("a\tb\n1\t2\n\n3\t4\n") }
    expectError("line 4 has 3") { _ = try table("a,b\n\"1\n\",2\n1,2,3", .comma) }
    expectError("line 2 is not closed") { _ = try table("a,b\n1,\"2\n3,4\n", .comma) }
    expectError("closing quote in line 2") { _ = try table("a,b\n1,\"2\"3\n", .comma) }
    expectError("two columns are named 'a'") { _ = try table("a\tb\ta\n") }
    for text in ["", "\n", "\r\n\r\n", "\u{FEFF}"] {
      expectError("empty") { _ = try table(text) }
    }
    expectError("UTF-8") {
      _ = try Table(decoding: [0x61, 0xFF, 0x0A], delimiter: .tab, path: "x.tsv")
    }
  }

  @Test("A column that is not there is an error that lists those that are")
  func columns() throws {
    #expect(expected.hasColumn("a") && !expected.hasColumn("A"))
    #expect(try expected.column("b") == ["2", "n/a"])
    expectError("'stimulus_id'", "'a', 'b'") { _ = try expected.column("stimulus_id") }
  }

  @Test(
    "A column that is nearly there is asked for, and a separator that the name does not tell is told",
    arguments: [
      ("Stimulus_ID\tx", "did you mean 'Stimulus_ID'? Rename it to 'stimulus_id'"),
      ("stimulus id\tx", "did you mean 'stimulus id'"), ("x\tstimulus", "did you mean 'stimulus'"),
      ("stimulis_id\tx", "did you mean 'stimulis_id'"), ("x\ty", "first line names, are 'x', 'y'"),
      ("a,stimulus_id", "commas"), ("a;stimulus_id", "semicolons"), ("a  stimulus_id", "spaces"),
    ])
  func nearColumns(header: String, words: String) throws {
    expectError("x.tsv", "'stimulus_id'", words) {
      _ = try table(header + "\n").column("stimulus_id")
    }
  }

  @Test("A column that may be left out is not passed over for its spelling")
  func optionalColumns() throws {
    try table("a\tSession\n").checkSpelling(ofOptional: ["trial", "run"])
    expectError("'Session' is not read as 'session'") {
      try table("a\tSession\n").checkSpelling(ofOptional: ["trial", "session"])
    }
    try table("session\tSession\n").checkSpelling(ofOptional: ["session"])
  }

  @Test("Lines of an old Mac end in CR alone")
  func oldMac() throws {
    #expect(try table("a\tb\r1\t2\r3\tn/a\r") == table("a\tb\n1\t2\n3\tn/a\n"))
  }

  @Test("Numbers are read, and a value that is none is named with its line")
  func numbers() throws {
    let read = try table("i\tx\ty\n1\t0.5\t1\n -2 \tn/a\tx\n3\t\t\n4\t-1e-3\tinf\n")
    #expect(try read.integers("i") == [1, -2, 3, 4])
    #expect(try read.doubles("x").map { $0.isNaN ? -9 : $0 } == [0.5, -9, -9, -0.001])
    expectError("x.tsv", "line 3", "'x'", "column 'y'") { _ = try read.doubles("y") }
    expectError("line 2", "'0.5'", "whole number") { _ = try read.integers("x") }
    expectError("x.tsv", "'z'") { _ = try read.integers("z") }
    let made = Table(columns: ["i"], rows: [["1"], [" "]])
    expectError("row 2") { _ = try made.integers("i") }
    #expect(try made.doubles("i")[1].isNaN)
  }

  @Test(
    "A whole number may be written like a real one",
    arguments: [
      ("1.0", 1), (" 10.00 ", 10), ("-2.", -2), ("1e3", 1000), ("+7", 7), ("007", 7),
      ("9007199254740993", 9_007_199_254_740_993),
    ])
  func wholeNumbers(text: String, number: Int) throws {
    #expect(try table("i\n\(text)\n").integers("i") == [number])
  }

  @Test(
    "What is no whole number is none",
    arguments: ["1.5", "0x10", "inf", "nan", "1e300", "", ".", "1,0", "1 0", "9007199254740993.0"])
  func noWholeNumbers(text: String) {
    #expect(wholeNumber(text) == nil)
  }

  @Test("The file's name tells the delimiter, unless it is given")
  func files() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "a.CSV").path
      try TextFile.write("a,b\n1,2\n", to: path)
      #expect(try Table(path: path).columns == ["a", "b"])
      #expect(try Table(path: path, delimiter: .tab).columns == ["a,b"])
      #expect(try Table(path: path).path == path)
      #expect(throws: ArrayFileError.missing(path: path + "x")) { _ = try Table(path: path + "x") }
      expectError("folder") { _ = try Table(path: folder.path) }
    }
  }

  @Test("A pipe is read like a file")
  func pipes() {
    let pipe = Pipe()
    let writer = pipe.fileHandleForWriting
    writer.write(Data("a\tb\n1\t2\n".utf8))
    try? writer.close()
    let path = "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)"
    #expect((try? Table(path: path))?.rows == [["1", "2"]])
    expectError("/dev/null", "device") { _ = try Table(path: "/dev/null") }
  }
}
