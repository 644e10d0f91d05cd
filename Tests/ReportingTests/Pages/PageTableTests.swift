import Testing

@testable import ChiasmReporting

@Suite("A table of a page")
struct PageTableTests {
  @Test(
    "A column of numbers is one, with what belongs to numbers",
    arguments: [
      ["1", "-2.5", "+3e-04"], ["n/a", "0.5", ""], ["< 0.001", "0.02"], ["12.5 %", "3%"],
      ["−0.3 [−0.4, −0.1]", "0.2 (n/a)"], ["0.41 ± 0.02"], ["[0.2, 0.4]", "[-1, 2]"],
    ])
  func numbersAreNumeric(_ cells: [String]) {
    #expect(PageTable(["t"], rows: cells.map { [$0] }).isNumeric(0))
  }

  @Test(
    "A column with anything else is text",
    arguments: [
      ["1", "V1"], ["n/a", ""], ["1.2.3"], ["2024-01-02"], ["1 of 2"], ["layer1"], ["inf"], ["-"],
      ["[a, 1]"], [],
    ])
  func wordsAreText(_ cells: [String]) {
    #expect(!PageTable(["t"], rows: cells.map { [$0] }).isNumeric(0))
  }

  @Test("Titles head columns, the first cell heads its row, numbers stand to the right")
  func cellsHeadOthers() throws {
    let table = PageTable(["name", "value"], rows: [["b", "1"], ["a", "2"]])
    let parsed = try ParsedPage(
      table.markup(id: "t", caption: "Values", isFolded: false).source)
    #expect(parsed.all("th", ("scope", "col")).map(\.text) == ["name", "value"])
    #expect(parsed.all("th", ("scope", "row")).map(\.text) == ["b", "a"])
    #expect(parsed.all("td", ("class", "n")).map(\.text) == ["1", "2"])
    #expect(parsed.all("th", ("class", "n")).map(\.text) == ["value"])
    #expect(parsed.all("p", ("class", "caption")).map(\.text) == ["Values"])
    #expect(parsed.all("table").map { $0.attributes["aria-labelledby"] } == ["t"])
    #expect(parsed.all("div", ("class", "scroll")).map(\.text.count).max() ?? 0 > 0)
  }

  @Test("A folded table opens under its caption, which names it")
  func foldedTable() throws {
    let table = PageTable(["name"], rows: [["b"]])
    let parsed = try ParsedPage(table.markup(id: "t", caption: "Names", isFolded: true).source)
    #expect(parsed.all("summary").map(\.text) == ["Names"])
    #expect(parsed.all("table").map(\.outer) == [["details", "div"]])
    #expect(parsed.all("table").map { $0.attributes["aria-labelledby"] } == ["t"])
    #expect(parsed.all("p", ("class", "caption")).isEmpty)
  }

  @Test("A table without rows or columns says so")
  func emptyTable() throws {
    for table in [PageTable(["a"], rows: []), PageTable([], rows: [[], []])] {
      let markup = table.markup(id: "t", caption: "Pairs", isFolded: true)
      #expect(try ParsedPage(markup.source).all("p").map(\.text) == ["Pairs: no rows."])
    }
  }
}
