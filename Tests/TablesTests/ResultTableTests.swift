import ChiasmTables
import Testing

@Suite("Tables of results")
struct ResultTableTests {
  private struct Score: Sendable {
    let stage: String
    let layer: String?
    let score: Double?
    let draws: Int?

    static let columns: [ResultColumn<Score>] = [
      .init(Quantity("stage", "{source}", "The {source}", .text), text: { $0.stage }),
      .init(Quantity("layer", "{target}", "The {target}", .text), text: { $0.layer }),
      .init(Quantity("score", "score", "Pearson's r", .fixed(3), in: -1...1), { $0.score }),
      .init(Quantity("draws", "draws", "How many", .count, isDetail: true), count: { $0.draws }),
    ]
  }

  private let table = ResultTable(
    "scores", "A row a pair",
    [
      Score(stage: "V1", layer: "a", score: 0.1, draws: nil),
      Score(stage: "V1", layer: "b", score: nil, draws: nil),
      Score(stage: "V2", layer: "b", score: 1.0 / 3, draws: nil),
    ], columns: Score.columns)

  @Test("Values keep their kind and their digits, and what is missing stays missing")
  func valuesKeepDigits() {
    #expect(table.rows[2].map(\.exactText) == ["V2", "b", "0.3333333333333333", nil])
    #expect(table.rows[1].map(\.isMissing) == [false, false, true, true])
  }

  @Test("Columns are chosen by name, left out by name, and left out as details")
  func columnsAreChosen() {
    #expect(table.selecting(["score", "stage"]).rows[0] == [.number(0.1), .text("V1")])
    #expect(table.dropping(["score"]).quantities.map(\.name) == ["stage", "layer", "draws"])
    #expect(table.brief.quantities.map(\.name) == ["stage", "layer", "score"])
  }

  @Test("A long table becomes a wide one, with nothing where a pair does not come")
  func longBecomesWide() {
    let wide = table.wide("matrix", "Scores", row: "stage", column: "layer", value: "score")
    #expect(wide.quantities.map(\.name) == ["stage", "a", "b"])
    #expect(wide.quantities[2].range == -1...1)
    #expect(
      wide.rows.map { $0.map(\.exactText) } == [
        ["V1", "0.1", nil], ["V2", nil, "0.3333333333333333"],
      ])
  }

  @Test("A layer may be called as the first column is")
  func namesStayDistinct() {
    let rows = [Score(stage: "V1", layer: "stage", score: 1, draws: 1)]
    let wide = ResultTable("scores", "", rows, columns: Score.columns)
      .wide("matrix", "", row: "stage", column: "layer", value: "score")
    #expect(wide.quantities.map(\.name) == ["stage", "stage (target)"])
  }

  @Test("Titles speak of the stages as the reader calls them")
  func wordsAreReplaced() {
    let words = Wording(source: "region", target: "layer")
    #expect(
      words("The {target}s of each {source}, {sources} and {targets}")
        == "The layers of each region, regions and layers")
    #expect(words("score") == "score")
  }
}
