import Foundation
import TestSupport
import Testing

@testable import ChiasmFiles

@Suite("Reference: matrices of text that pandas and NumPy wrote")
struct TextMatrixReference {
  private func isSame(_ numbers: [Double], _ others: [Double]) -> Bool {
    numbers.map(\.bitPattern) == others.map(\.bitPattern)
      || zip(numbers, others).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN }
        && numbers.count == others.count
  }

  @Test(
    "Numbers are those of the arrays, to the last bit",
    arguments: ["matrix.csv", "matrix.tsv", "saved.txt", "commas.txt"])
  func numbers(_ name: String) throws {
    let expected = try NumpyArray(path: reference("matrix_values.npy")).doubles()
    let file = try TextMatrix(path: reference(name))
    #expect(try file.description(of: file.names[0]).shape == [4, 3])
    #expect(isSame(try file.array(file.names[0]).doubles(), expected))
    #expect(
      isSame(
        try file.array(file.names[0], columns: [0, 2]).doubles(),
        (0..<4).flatMap { [expected[$0 * 3], expected[$0 * 3 + 2]] }))
    var (blocks, counts) = ([Double](), [Int]())
    try file.forEachBlock(of: file.names[0], rowCount: 3) { (block) throws(ArrayFileError) in
      blocks += try block.doubles()
      counts.append(block.shape[0])
    }
    #expect(isSame(blocks, expected) && counts == [3, 1])
  }

  @Test("The column stimulus_id names the stimuli, wherever it stands; a file without has none")
  func names() throws {
    let file = try TextMatrix(path: reference("matrix.csv"))
    #expect(file.stimulusNames == ["face", "ho\"use", "Übung", "a, b"] && file.names == ["matrix"])
    #expect(try TextMatrix(path: reference("saved.txt")).stimulusNames == nil)
  }

  @Test("An index of pandas, and a first line that counts, are refused with what to do")
  func ambiguous() throws {
    expectError("first column has no name", "index=False") {
      _ = try TextMatrix(path: reference("index.csv"))
    }
    expectError("first line counts 0, 1", "remove the line") {
      _ = try TextMatrix(path: reference("counted.csv"))
    }
  }

  @Test("A number is what the library makes of its text")
  func conversions() {
    var generator = SystemRandomNumberGenerator()
    let texts = ["0", "-0", "1e5", "1.", ".5", "+3", "1E-400", "9007199254740993", "0.1e1"]
    let random = (0..<5000).map { _ in
      let value = Double(bitPattern: generator.next())
      let small = Double(Int64.random(in: -1_000_000_000_000...1_000_000_000_000)) / 1e6
      return value.isFinite && Bool.random() ? "\(value)" : "\(small)"
    }
    for text in texts + random {
      let number = Array(text.utf8).withUnsafeBufferPointer { TextNumber.value($0) }
      #expect(number?.bitPattern == Double(text)?.bitPattern, "\(text)")
    }
    for text in ["", "n/a", "NaN", "NA"] {
      #expect(Array(text.utf8).withUnsafeBufferPointer { TextNumber.value($0)?.isNaN } == true)
    }
    for text in ["x", "1,5", "0x1p3", "1e", "--1", "1 2", ".", "-", "1..2", "nano"] {
      #expect(Array(text.utf8).withUnsafeBufferPointer { TextNumber.value($0) } == nil, "\(text)")
    }
  }
}

@Suite("Hostile matrices of text")
struct HostileTextMatrices {
  static let texts: [(String, [String])] = [
    ("stimulus_id\tonset\na\t1\n", ["'onset'", "table of something else"]),
    ("stimulus_id\trepeats\na\t1\n", ["'repeats'", "table of something else"]),
    ("stimulus_id\na\n", ["no column of numbers"]), ("", ["is empty"]), ("\n\n", ["is empty"]),
    ("a\tb\n", ["no row of numbers"]),
    ("a\tb\n1\t2\n3\n", ["line 3 has 1 value where line 1 has 2"]),
    ("a\tb\n1\tx\n", ["line 2", "'x'", "column 'b'", "not a number"]),
    ("1\t2\n\n3\t4\n", ["line 2 is empty"]), ("a;b\n1;2\n", ["semicolons"]),
    ("a,b\n1,2\n", ["commas"]), ("1\t2\n\"3\"\t4\n", ["line 2", "not a number"]),
    ("image\tu\na\t1\n", ["'image'", "call it stimulus_id"]),
    ("stimulus_id\tstimulus_id\tu\na\tb\t1\n", ["two columns"]),
    ("stimulus_id\tu\na\0\t1\n", ["line 2", "NUL"]),
  ]

  private func read(_ path: String) throws {
    let file = try TextMatrix(path: path)
    _ = try file.array(file.names[0])
  }

  @Test("What is no matrix is refused by one sentence", arguments: texts)
  func refusals(text: String, words: [String]) throws {
    try withTemporaryPath("x.tsv") { path in
      try Data(text.utf8).write(to: URL(filePath: path))
      for word in words { expectError("x.tsv", word) { try read(path) } }
    }
  }

  @Test("Quotes that do not end with their line are refused, and CRLF and a mark are no text")
  func quotes() throws {
    try withTemporaryPath("x.csv") { path in
      for text in ["stimulus_id,u\n\"a\n\",1\n", "stimulus_id,u\n\"a\"b,1\n", "\"a,1"] {
        try Data(text.utf8).write(to: URL(filePath: path))
        expectError("a quote in line") { try read(path) }
      }
      try Data("\u{FEFF}stimulus_id,u\r\n\"a \"\"b\",1\r\n\r\n".utf8).write(to: URL(filePath: path))
      let file = try TextMatrix(path: path)
      #expect(try file.stimulusNames == ["a \"b"] && file.array("x").doubles() == [1])
      try Data([0x61, 0x0A, 0x31, 0xFF, 0x0A]).write(to: URL(filePath: path))
      expectError("line 2", "not a number") { try read(path) }
    }
  }

  @Test("A line that lies on the border of what is read at once is whole")
  func borders() throws {
    try withTemporaryPath("x.tsv") { path in
      let line = (0..<1000).map { "\($0).5" }.joined(separator: "\t") + "\n"
      try Data(String(repeating: line, count: 400).utf8).write(to: URL(filePath: path))
      let file = try TextMatrix(path: path)
      #expect(try file.description(of: "x").shape == [400, 1000])
      #expect(try file.array("x", columns: [999]).doubles() == Array(repeating: 999.5, count: 400))
    }
  }
}
