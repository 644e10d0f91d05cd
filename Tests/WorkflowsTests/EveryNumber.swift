import ChiasmAlignment
import ChiasmFiles
import ChiasmLinearAlgebra
import ChiasmReporting
import ChiasmStatistics
import ChiasmTables
import ChiasmTransport
import Foundation
import TestSupport
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

/// Whether every place that shows a number shows the right one: fits, `alignment.json`, tables, data
/// dictionaries, `inspect` and the report; and the same of a comparison.
@Suite("Every number")
struct EveryNumber {
  @Test("Of an alignment with all that can be asked for", arguments: WholeKind.allCases)
  func alignment(_ kind: WholeKind) async throws {
    try await withResponses { folder in
      let finished = try await folder.align(folder.wholeSettings(kind), tables: .csv)
      let tsv = try OutputFolder(path: folder.path("tsv"))
      try finished.write(to: tsv, tables: .tsv)
      try tsv.commit()
      let json = try folder.json("out/alignment.json")
      let places = AlignmentPlaces(json, ceilings: ResponseFolder.ceilings)
      let tables = finished.result.tables

      var values = FittedNumbers(json, finished)
      values.check()
      #expect(values.faults.isEmpty, "\(values.faults.prefix(10))")
      try folder.expectFiles(tables, in: ("out", "tsv"), places.value)
      try folder.expectSplits(finished.splits)
      #expect(
        tables.map { "\($0.name) \($0.rows.count)" } == Self.rowCounts(json, finished, kind))
      try expectInspection(folder, json, places, tables)
      try expectPage(folder, places, finished.result)
    }
  }

  /// How many rows each table has by what it is about.
  private static func rowCounts(_ json: JSON, _ finished: FinishedAlignment, _ kind: WholeKind)
    -> [String]
  {
    let (splits, methods) = (finished.splits.count, finished.splits[0].scores.count)
    let pairs = methods * (methods - 1) / 2
    let evidence = json["evidence"]
    return [
      "coupling \((splits + 1) * 12)", "coupling_matrix 3", "places 3",
      "scores \(methods * (splits + 1) * 4)", "comparisons \(pairs * 4)",
      "nulls \(evidence?["nulls"]?.list.count ?? 0)",
      "intervals \(evidence?["intervals"]?.list.count ?? 0)",
    ] + (kind == .paths ? ["outer_path \(splits * 10 * 12)", "inner_path \(splits * 3 * 12)"] : [])
  }

  private func expectInspection(
    _ folder: ResponseFolder, _ json: JSON, _ places: AlignmentPlaces, _ tables: [ResultTable]
  ) throws {
    let finding = try AlignmentFinding(path: folder.path("out/alignment.json"), known: nil)
    let (found, text) = (try JSON(Data(finding.json().utf8)), finding.report.text(width: 1000))
    #expect(found.object.filter { $0.key != "least_cost_layer" } == json.object)
    #expect(
      found["least_cost_layer"]?.list
        == json["places"]?.list.map { $0["least_cost_layer"] ?? .null })
    let (sources, targets) = (places.sources, places.targets)
    let shown: [(String, String, [String])] = [
      ("Coupling shares", "coupling_matrix", ["source_stage"] + targets),
      (
        "Where each region lies", "places",
        [
          "source_stage", "expected_depth", "best_layer", "tied_layers", "least_cost_layer",
          "best_score_layer", "score", "verdict",
        ]
      ), ("Scores on held-out stimuli", "score_matrix", ["method", "mean", "sd"] + sources),
      ("The same divided by noise", "normalized_matrix", ["method", "mean", "sd"] + sources),
      (
        "HOT against its controls", "comparisons",
        ["other_method", "difference", "lower", "upper", "p_value"]
      ),
      (
        "Against nulls", "nulls",
        ["null", "statistic", "observed", "null_mean", "p_value", "draws"]
      ),
      (
        "Single regions", "nulls",
        [
          "null", "statistic", "source_stage", "target_stage", "observed", "null_mean", "p_value",
          "p_corrected",
        ]
      ),
      (
        "Intervals, 95 %", "intervals",
        ["draws_of", "statistic", "estimate", "interval_low", "interval_high", "interval_method"]
      ),
    ]
    let isCorrected = json["evidence"]?["nulls"]?.list.contains { $0["p_corrected"] != .null }
    for (heading, name, columns) in shown where heading != "Single regions" || isCorrected == true {
      let table = try #require(TextRows(name, columns, under: heading, in: text), "\(heading)")
      let faults = table.faults(places.value) { Self.shown($0, Self.quantity(name, $1, tables)) }
      #expect(faults.isEmpty && !table.rows.isEmpty, "\(heading): \(faults.prefix(5))")
    }
  }

  private func expectPage(
    _ folder: ResponseFolder, _ places: AlignmentPlaces, _ result: AlignmentResult
  ) throws {
    let known = result.tables + [result.unitTable, result.proofTable]
    let tables = TextRows.tables(inPage: try folder.report().page.html()) {
      Self.quantity($0, $1, known)
    }
    #expect(
      tables.map(\.name).sorted() == [
        "comparisons", "coupling", "intervals", "layer_scores", "normalized_matrix", "nulls",
        "places", "places", "places", "proofs", "score_matrix", "scores", "units",
      ])
    for table in tables {
      let faults = table.faults(places.value) {
        Self.shown($0, Self.quantity(table.name, $1, known))
      }
      #expect(faults.isEmpty && !table.rows.isEmpty, "page, \(table.name): \(faults.prefix(5))")
    }
    let reading = try AlignmentReading(ReportSettings(alignment: folder.path("out")))
    let matrix = try #require(CouplingSection(reading).matrix.chart as? MatrixChart)
    #expect(matrix.cells.map { $0.map(\.value) } == places.numbers("coupling", "share"))
    let depth = try #require(DepthSection(reading).depth.chart as? DepthChart)
    for point in depth.points {
      func value(_ column: String) -> Double? {
        places.value("places", column, ["source_stage": point.name])?.number
      }
      #expect(point.value == value("expected_depth"))
      #expect(point.interval?.low == value("interval_low"))
      #expect(point.interval?.high == value("interval_high"))
    }
  }

  /// How a column is shown: as it says itself, or as the column of which a wide table is made.
  private static func quantity(
    _ table: String, _ column: String, _ tables: [ResultTable]
  ) -> Quantity? {
    let own = tables.first { $0.name == table }?.quantities.first { $0.name == column }
    let made = [
      "layer_scores": ("coupling", "score"), "score_matrix": ("scores", "score"),
      "normalized_matrix": ("scores", "normalized"),
    ]
    if ["interval_low", "interval_high", "interval_method"].contains(column), table == "places" {
      return quantity("intervals", column, tables)
    }
    if ["method", "source_stage"].contains(column), made[table] != nil {
      return quantity("scores", column, tables)
    }
    if column == "score_ceiling" { return Quantity(column, "", "", .fixed(3)) }
    return own ?? made[table].flatMap { quantity($0.0, $0.1, tables) }
  }

  private static func shown(_ value: JSON, _ quantity: Quantity?) -> String {
    switch value {
    case .number(let number): NumberText.text(.number(number), quantity?.format ?? .text)
    case .text(let text): text
    default: "n/a"
    }
  }

  @Test("Of a comparison with permutations and bootstrap samples")
  func comparison() async throws {
    try await withResponses { folder in
      var settings = try folder.comparison(["rsa", "procrustes"])
      (settings.permutationCount, settings.bootstrapCount) = (9, 20)
      let result = try await folder.compare(settings)
      try await folder.compare(settings, to: "tsv", tables: .tsv)
      let json = try folder.json("compared/comparison.json")
      let places = ComparisonPlaces(json)
      try folder.expectFiles(result.tables, in: ("compared", "tsv"), places.value)
      #expect(result.tables.map(\.rows.count) == [2 * 6, 2 * 2])
      let faults = places.faults(try await folder.measured(settings))
      #expect(faults.isEmpty, "\(faults.prefix(10))")

      let finding = try ComparisonFinding(path: folder.path("compared/comparison.json"))
      #expect(try JSON(Data(finding.json().utf8)) == json)
      let text = finding.report.text(width: 1000)
      for name in ["rsa", "procrustes"] {
        let table = try #require(
          TextRows("values", ["source_stage"] + places.targets, under: name + " (", in: text))
        for (row, source) in zip(table.rows, places.sources) {
          let cells = places.targets.map { target in
            let row = ["measure": name, "source_stage": source, "target_stage": target]
            return NumberText.fixed(places.value("measures", "value", row)?.number, decimals: 4)
          }
          #expect(row == [source] + cells)
        }
        #expect(table.rows.count == 2)
      }
    }
  }
}

extension AlignmentPlaces {
  /// A table of numbers.
  func numbers(_ path: String...) -> [[Double?]]? {
    path.reduce(json as JSON?) { $0?[$1] }?.list.map { $0.list.map(\.number) }
  }
}

extension ResponseFolder {
  func json(_ name: String) throws -> JSON {
    try JSON(Data(contentsOf: url.appending(path: name)))
  }

  /// Expects the files of tables to have all digits, each number where JSON has it, and a dictionary
  /// with a meaning of each column and no other.
  func expectFiles(
    _ tables: [ResultTable], in folders: (csv: String, tsv: String),
    _ value: (String, String, [String: String]) -> JSON?
  ) throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: path(folders.csv))
    #expect(
      Set(files.filter { $0.hasSuffix(".csv") }) == Set(tables.map { $0.name + ".csv" }))
    for table in tables {
      for (folder, ending, missing) in [(folders.csv, "csv", ""), (folders.tsv, "tsv", "n/a")] {
        let file = try Table(path: path("\(folder)/\(table.name).\(ending)"))
        #expect(
          file.rows == table.rows.map { $0.map { $0.exactText ?? missing } }, "\(table.name)")
        #expect(file.columns == table.quantities.map(\.name))
        let numbers = file.rows.map { $0.map { cell in Double(cell).map { "\($0)" } ?? cell } }
        let faults = TextRows(name: table.name, columns: file.columns, rows: numbers)
          .faults(value) { value, _ in
            switch value {
            case .number(let number): "\(number)"
            case .text(let text): Double(text).map { "\($0)" } ?? text
            case .bool(let isTrue): "\(isTrue)"
            default: missing
            }
          }
        #expect(faults.isEmpty, "\(faults.prefix(5))")
        let dictionary = try json("\(folder)/\(table.name).json").object
        #expect(Set(dictionary.keys) == Set(file.columns), "\(table.name)")
        #expect(dictionary.values.allSatisfy { $0["Description"]?.text?.isEmpty == false })
      }
    }
  }

  /// Expects the table of splits to say which stimuli each of them trains on.
  func expectSplits(_ splits: [SplitAlignment]) throws {
    let table = try Table(path: path("out/splits.tsv"))
    let names = splits.map(\.fit.split.name)
    #expect(table.columns == ["stimulus_id"] + names)
    #expect(table.rows.map { $0[0] } == Self.stimuli)
    for (row, cells) in table.rows.enumerated() {
      let roles = splits.map(\.fit.split).map { split in
        split.training.contains(row) ? "train" : split.heldOut.contains(row) ? "test" : "n/a"
      }
      #expect(Array(cells.dropFirst()) == roles)
    }
    let dictionary = try json("out/splits.json").object
    #expect(Set(dictionary.keys) == Set(table.columns))
  }
}
