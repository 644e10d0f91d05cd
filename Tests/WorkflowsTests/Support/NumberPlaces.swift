import ChiasmReporting
import ChiasmTables
import Foundation
import TestSupport

/// Where the cells of an alignment's tables stand in `alignment.json`, written column by column apart
/// from the tables, so that two columns or two keys that are exchanged do not agree.
struct AlignmentPlaces {
  let json: JSON
  let sources: [String]
  let targets: [String]
  /// The noise ceilings of the source's units.
  let ceilings: [String: [Double]]

  init(_ json: JSON, ceilings: [String: [Double]] = [:]) {
    self.json = json
    self.ceilings = ceilings
    sources = json["source"]?["stages"]?.list.compactMap(\.text) ?? []
    targets = json["target"]?["stages"]?.list.compactMap(\.text) ?? []
  }

  /// The value of a cell; nil for a column that has no place.
  ///
  /// - Parameter row: the cells of the row that say what it is about, by column; those that are
  ///   missing are left out, and a table without the column of splits or stages has their means.
  func value(_ table: String, _ column: String, _ row: [String: String]) -> JSON? {
    if let name = row[column], Self.keys[table]?.contains(column) == true { return .text(name) }
    switch table {
    case "coupling": return pair(column, row)
    case "coupling_matrix": return cell("share", source(row), targets.firstIndex(of: column))
    case "layer_scores": return cell("score", source(row), targets.firstIndex(of: column))
    case "places": return place(column, row)
    case "scores": return score(column, row)
    case "score_matrix", "normalized_matrix": return matrix(table, column, row)
    case "comparisons": return comparison(column, row)
    case "nulls", "intervals": return evidence(table, column, row)
    case "outer_path": return outer(column, row)
    case "inner_path": return inner(column, row)
    case "proofs": return proof(column, row)
    case "units": return units(column, row)
    default: return nil
    }
  }

  /// The columns that say what a row is about.
  static let keys: [String: Set<String>] = [
    "coupling": ["source_stage", "target_stage", "split"], "coupling_matrix": ["source_stage"],
    "layer_scores": ["source_stage"], "places": ["source_stage"],
    "scores": ["method", "source_stage", "split"], "score_matrix": ["method"],
    "normalized_matrix": ["method"], "comparisons": ["method", "other_method", "source_stage"],
    "nulls": ["null", "statistic", "source_stage", "target_stage"],
    "intervals": ["draws_of", "statistic", "source_stage", "target_stage"],
    "outer_path": ["split", "problem", "penalty", "source_stage", "target_stage"],
    "inner_path": ["split", "source_stage", "target_stage", "mass"], "proofs": ["split"],
    "units": ["stage", "side"], "measures": ["measure", "source_stage", "target_stage"],
    "preferred": ["measure", "source_stage"],
  ]

  private func source(_ row: [String: String]) -> Int? {
    row["source_stage"].flatMap { sources.firstIndex(of: $0) }
  }

  private func target(_ row: [String: String]) -> Int? {
    row["target_stage"].flatMap { targets.firstIndex(of: $0) }
  }

  private func split(_ row: [String: String]) -> JSON? {
    row["split"].flatMap { json["splits"]?[$0] }
  }

  private func cell(_ key: String, _ source: Int?, _ target: Int?) -> JSON? {
    guard let source, let target else { return nil }
    return json["coupling"]?[key]?[source]?[target]
  }

  /// The item of a list whose keys have some texts, null for nil.
  private func item(_ list: JSON?, _ texts: [String: String?]) -> JSON? {
    list?.list.first { item in
      texts.allSatisfy { item[$0.key] == ($0.value.map(JSON.text) ?? .null) }
    }
  }

  private func pair(_ column: String, _ row: [String: String]) -> JSON? {
    guard let source = source(row), let target = target(row) else { return nil }
    if let split = split(row) {
      let names = ["mass": "P", "share": "share", "cost": "C", "score": "layer_scores"]
      return names[column].map { split[$0]?[source]?[target] } ?? .null
    }
    switch column {
    case "mass", "share", "cost", "score", "share_sd", "cost_sd", "score_sd":
      return cell(column, source, target)
    case "support_frequency": return json["evidence"]?[column]?[source]?[target]
    default:
      let interval = item(
        json["evidence"]?["intervals"],
        [
          "draws_of": "refits", "statistic": "share", "source_stage": sources[source],
          "target_stage": targets[target],
        ])
      let names = [
        "share_low": "interval_low", "share_high": "interval_high",
        "interval_method": "interval_method",
      ]
      return names[column].flatMap { interval?[$0] }
    }
  }

  private func place(_ column: String, _ row: [String: String]) -> JSON? {
    guard let source = source(row) else { return nil }
    switch column {
    case "interval_low", "interval_high", "interval_method":
      return item(
        json["evidence"]?["intervals"],
        [
          "draws_of": "refits", "statistic": "expected_depth", "source_stage": sources[source],
          "target_stage": nil,
        ])?[column]
    case "score_ceiling":
      let known = (ceilings[sources[source]] ?? []).filter { !$0.isNaN }.map { $0.squareRoot() }
      return .number(known.reduce(0, +) / Double(known.count))
    default:
      let place = json["places"]?[source]
      return place?["source_stage"] == .text(sources[source]) ? place?[column] : nil
    }
  }

  private func score(_ column: String, _ row: [String: String]) -> JSON? {
    guard let name = row["method"] else { return nil }
    let stage = source(row)
    let isMean = split(row) == nil
    let method = json["scores"]?[name]
    let draws = isMean ? method?["draws"] : split(row)?["draws"]?[name]
    func mean(_ value: JSON?) -> JSON {
      (stage.map { value?["stages"]?[$0] } ?? value?["mean"]) ?? .null
    }
    switch column {
    case "score":
      return isMean ? mean(method) : split(row)?["scores"]?[name]?[stage ?? sources.count]
    case "normalized":
      return isMean
        ? mean(method?["normalized"]) : split(row)?["normalized"]?[name]?[stage ?? sources.count]
    case "draw_sd": return (stage.map { draws?["stage_sd"]?[$0] } ?? draws?["sd"]) ?? .null
    case "rank_of_hot":
      return (stage.map { draws?["stage_rank_of_hot"]?[$0] } ?? draws?["rank_of_hot"]) ?? .null
    default: return nil
    }
  }

  private func matrix(_ table: String, _ column: String, _ row: [String: String]) -> JSON? {
    let method = row["method"].flatMap { json["scores"]?[$0] }
    let value = table == "score_matrix" ? method : method?["normalized"]
    return ["mean", "sd"].contains(column)
      ? value?[column] : sources.firstIndex(of: column).flatMap { value?["stages"]?[$0] }
  }

  private func comparison(_ column: String, _ row: [String: String]) -> JSON? {
    let isMean = source(row) == nil
    let found = item(
      json[isMean ? "comparisons" : "stage_comparisons"],
      [
        "method": row["method"] ?? "hot", "other_method": row["other_method"],
        "source_stage": isMean ? "mean" : row["source_stage"],
      ])
    return found?[column == "df" ? "degrees_of_freedom" : column]
  }

  private func evidence(_ table: String, _ column: String, _ row: [String: String]) -> JSON? {
    let kind = table == "nulls" ? "null" : "draws_of"
    let found = item(
      json["evidence"]?[table],
      [
        kind: row[kind], "statistic": row["statistic"],
        "source_stage": row["source_stage"] == "mean" ? nil : row["source_stage"],
        "target_stage": row["target_stage"],
      ])
    if column == "target_stage" { return .null }
    if column == "source_stage" { return row["statistic"] == "score" ? .text("mean") : .null }
    return found?[column]
  }

  private func outer(_ column: String, _ row: [String: String]) -> JSON? {
    let penalty = row["penalty"].flatMap(Double.init)
    let solution = split(row)?["outer_path"]?.list.first {
      $0["problem"]?.text == row["problem"]
        && ($0["penalty"]?.number ?? .infinity) == (penalty ?? .nan)
    }
    guard let solution, let source = source(row), let target = target(row) else { return nil }
    switch column {
    case "chosen": return .text(solution["chosen"] == .bool(true) ? "yes" : "no")
    case "source_mass": return solution["source_mass"]?[source]
    case "target_mass": return solution["target_mass"]?[target]
    case "pair_mass", "share": return solution[column]?[source]?[target]
    case "mass", "cost", "criterion", "shortfall", "shortfall_se": return solution[column]
    default: return nil
    }
  }

  private func inner(_ column: String, _ row: [String: String]) -> JSON? {
    let match = item(
      split(row)?["inner"],
      ["source_stage": row["source_stage"], "target_stage": row["target_stage"]])
    let point = match?["curve"]?.list.first {
      $0["mass"]?.number == row["mass"].flatMap(Double.init)
    }
    switch column {
    case "chosen": return .text(point?["mass"] == match?["mass"] ? "yes" : "no")
    case "cost": return point?["cost"]
    default: return nil
    }
  }

  private func proof(_ column: String, _ row: [String: String]) -> JSON? {
    switch column {
    case "training_stimuli", "heldout_stimuli", "cost": split(row)?[column]
    default: split(row)?["certificate"]?[column]
    }
  }

  private func units(_ column: String, _ row: [String: String]) -> JSON? {
    guard let side = row["side"], let stage = row["stage"],
      let place = (side == "source" ? sources : targets).firstIndex(of: stage),
      let inFile = json[side]?["units"]?[place]?.number
    else { return nil }
    switch column {
    case "in_file": return .number(inFile)
    case "in_use": return .number(min(inFile, json["settings"]?["max_units"]?.number ?? inFile))
    case "constant":
      let counts = json["splits"]?.object.values.compactMap {
        $0["constant_\(side)_units"]?[place]?.number
      }
      return counts?.max().map(JSON.number)
    default: return nil
    }
  }
}

/// A table as text: of a file, of a page or of a terminal.
struct TextRows {
  let name: String
  let columns: [String]
  let rows: [[String]]

  /// The cells of a row that say what it is about.
  func keys(_ row: [String]) -> [String: String] {
    let own = AlignmentPlaces.keys[name] ?? []
    return Dictionary(
      uniqueKeysWithValues: zip(columns, row).filter {
        own.contains($0.0) && !["", "n/a"].contains($0.1)
      }.map { ($0, $1) })
  }

  /// What does not agree with the values that belong here.
  ///
  /// - Parameter text: a value as this table shows it in a column.
  func faults(
    _ value: (String, String, [String: String]) -> JSON?, text: (JSON, String) -> String
  ) -> [String] {
    var faults: [String] = []
    for row in rows {
      let keys = keys(row)
      for (column, cell) in zip(columns, row) {
        guard let expected = value(name, column, keys) else {
          faults.append("\(name) \(keys): no place of \(column)")
          continue
        }
        let shown = text(expected, column)
        if shown != cell { faults.append("\(name) \(keys) \(column): \(cell), not \(shown)") }
      }
    }
    if Set(rows.map(keys)).count != rows.count { faults.append("\(name): two rows of one thing") }
    return faults
  }
}

extension TextRows {
  /// The tables of results in a page, with names in place of the titles of names.
  static func tables(inPage html: String, _ quantity: (String, String) -> Quantity?) -> [TextRows] {
    html.components(separatedBy: "<table ").dropFirst().compactMap { part in
      let part = part.components(separatedBy: "</table>")[0]
      guard let name = attribute("data-table", of: part.components(separatedBy: ">")[0]) else {
        return nil
      }
      let halves = part.components(separatedBy: "<tbody>")
      let columns = halves[0].components(separatedBy: "<th ").dropFirst().compactMap {
        attribute("data-column", of: $0)
      }
      let rows = halves[1].components(separatedBy: "<tr>").dropFirst().map { row in
        row.components(separatedBy: "</t").dropLast(1).filter {
          $0.contains("<t") || $0.hasPrefix("h>") || $0.hasPrefix("d>")
        }
        .compactMap { cell -> String? in
          guard let start = cell.range(of: "<t", options: .backwards),
            let end = cell.range(of: ">", range: start.upperBound..<cell.endIndex)
          else { return nil }
          return plain(String(cell[end.upperBound...]))
        }
      }
      return TextRows(
        name: name, columns: columns,
        rows: rows.map { row in
          zip(columns, row).map { column, cell in
            quantity(name, column)?.levels.first { $0.title == cell }?.name ?? cell
          }
        })
    }
  }

  private static func attribute(_ name: String, of tag: String) -> String? {
    let parts = tag.components(separatedBy: " \(name)=\"")
    return parts.count > 1 ? plain(parts[1].components(separatedBy: "\"")[0]) : nil
  }

  private static func plain(_ text: String) -> String {
    [
      ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#34;", "\""), ("&#39;", "'"),
      ("&amp;", "&"),
    ]
    .reduce(text) { $0.replacing($1.0, with: $1.1) }
  }

  /// The table under a heading of a terminal's text.
  init?(_ name: String, _ columns: [String], under heading: String, in text: String) {
    let lines = text.components(separatedBy: "\n")
    guard let start = lines.firstIndex(where: { $0.hasPrefix(heading) }) else { return nil }
    (self.name, self.columns) = (name, columns)
    rows = lines[(start + 2)...].prefix { !$0.isEmpty }.map { line in
      line.components(separatedBy: "  ").map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { !$0.isEmpty }
    }
  }
}
