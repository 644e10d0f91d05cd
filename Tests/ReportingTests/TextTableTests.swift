import ChiasmReporting
import Testing

@Suite("A table as text")
struct TextTableTests {
  @Test("Words stand to the left and numbers to the right")
  func alignment() {
    let table = TextTable(
      ["stage", "units", "best"], rows: [["V1", "924", "block00"], ["IT", "1007", "block13"]])
    #expect(
      table.lines() == ["stage  units  best", "V1       924  block00", "IT      1007  block13"])
  }

  @Test("A missing number leaves its column a column of numbers, a word does not")
  func missing() {
    #expect(TextTable(["a", "b"], rows: [["x", "n/a"], ["y", "10"]]).lines()[2] == "y   10")
    #expect(TextTable(["a", "b"], rows: [["x", "none"], ["y", "10"]]).lines()[2] == "y  10")
  }

  @Test("Wide characters and accents keep columns below each other")
  func unicodeWidth() {
    let table = TextTable(["name", "x"], rows: [["視覚野", "a"], ["e\u{301}", "b"], ["ab", "c"]])
    #expect(table.lines() == ["name    x", "視覚野  a", "e\u{301}       b", "ab      c"])
    #expect(["視覚野", "e\u{301}", "✓", "👁", ""].map(\.displayWidth) == [6, 1, 1, 2, 0])
  }

  @Test("A table that is too wide goes on below, with its first column")
  func folding() {
    let table = TextTable(["s", "aaaa", "bbbb", "cccc"], rows: [["V", "1", "2", "3"]])
    #expect(
      table.lines(width: 13) == ["s  aaaa  bbbb", "V     1     2", "", "s  cccc", "V     3"])
    #expect(table.lines(width: 1).count == 8, "One column a block, however narrow.")
    #expect(table.lines(width: 19).count == 2)
  }

  @Test("A line end or an escape in a cell stays inside its line")
  func controls() {
    let table = TextTable(["a", "b"], rows: [["x\ny", "\u{1B}[2J"]])
    #expect(table.lines()[1] == "x y  \u{FFFD}[2J")
  }

  @Test("Lines are broken between words only where they are too wide, and lose no word")
  func wrapping() {
    let text = "one three  fourteen seventeen"
    #expect(text.wrapped(to: 9) == ["one three", "fourteen", "seventeen"])
    #expect(text.wrapped(to: 29) == [text])
    #expect(text.wrapped(to: 4) == ["one", "three", "fourteen", "seventeen"])
    #expect("".wrapped(to: 9) == [""])
  }
}
