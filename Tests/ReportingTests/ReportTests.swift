import ChiasmReporting
import Testing

@Suite("A report as text")
struct ReportTests {
  @Test("Fields stand below the title, tables after an empty line")
  func layout() {
    let report = Report(
      title: "image.nii",
      sections: [
        .fields(["shape": "4 × 5", "absent": nil, "datatype": "int16"]),
        .table(heading: "Labels", TextTable(["index", "name"], rows: [["1", "V1"]])),
        .paragraph("one\n\ntwo"),
      ])
    let expected = """
      image.nii
        shape     4 × 5
        datatype  int16

      Labels
        index  name
            1  V1

      one

      two

      """
    #expect(report.text() == expected)
  }

  @Test("A long value is broken between words and stays in its column")
  func wrapping() {
    let report = Report(sections: [.fields(["name": "aaa bbb ccc"])])
    #expect(report.text(width: 15) == "  name  aaa bbb\n        ccc\n")
  }

  @Test("A title stands alone, and nothing is shown of an empty report")
  func title() {
    #expect(Report(title: "x", sections: []).text() == "x\n")
    #expect(Report(title: "x", sections: [.fields([:]), .paragraph("y")]).text() == "x\n\ny\n")
    #expect(Report(sections: []).text() == "")
  }

  @Test("An escape sequence in a file's text does not reach the terminal")
  func controls() {
    let report = Report(
      title: "\u{1B}[2J", sections: [.fields(["a": "\u{7}b"]), .paragraph("\u{9B}c")])
    #expect(report.text() == "\u{FFFD}[2J\n  a  \u{FFFD}b\n\n\u{FFFD}c\n")
  }
}

@Suite("Numbers as text")
struct NumberTextTests {
  @Test("Numbers are rounded, and what is no number is n/a")
  func numbers() {
    #expect(NumberText.fixed(0.1234567, decimals: 3) == "0.123")
    #expect(NumberText.fixed(-0.0, decimals: 1) == "0.0")
    #expect(NumberText.scientific(2.22e-16) == "2.2e-16")
    #expect([1.8, -103.5, 100_000].map { NumberText.short($0) } == ["1.8", "-103.5", "100000"])
    #expect([nil, Double.nan].map { NumberText.short($0) } == ["n/a", "n/a"])
    #expect(NumberText.shape([64, 50]) == "64 × 50")
  }
}
