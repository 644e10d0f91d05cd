import Foundation
import TestSupport
import Testing

@Suite("The layers of Package.swift")
struct LayerTableTests {
  private static let columns = ["module", "holds", "imports", "C modules", "Foundation"]

  @Test("They import only what stands above them, and share no C module")
  func importsGoDown() throws {
    let house = try House.own()
    #expect(house.layers.count > 10)
    #expect(house.faults == [])
  }

  @Test("CONTRIBUTING.md shows them, and says what each holds")
  func contributingShowsLayers() throws {
    let text = try String(
      contentsOf: SharedData.packageRoot.appending(path: "CONTRIBUTING.md"), encoding: .utf8)
    let rows = Self.table(in: text)
    let house = try House.own()
    #expect(rows.map { row in Array(row[..<1] + row[2...]) } == house.rows)
    for row in rows { #expect(row[1].count > 10, "\(row[0]) is not described.") }
  }

  @Test("The modules that need no Foundation are modules")
  func modulesWithoutFoundation() throws {
    let names = try House.own().layers.map(\.name)
    #expect(Layer.withoutFoundation.subtracting(names) == [])
  }

  @Test("A manifest is read as SwiftPM prints it")
  func manifestIsRead() throws {
    let house = try Self.house(
      ("PCZip", "Sources/CZip", []), ("PFiles", "Sources/Files", ["PCZip"]),
      ("PRegions", "Sources/Regions", ["PFiles"]),
      ("PAll", "Sources/All", ["PFiles", "PRegions"]),
      ("FilesTests", "Tests/FilesTests", ["PFiles"]))
    #expect(
      house.layers == [
        Layer(name: "Files", imports: [], bindings: ["CZip"]),
        Layer(name: "Regions", imports: ["Files"], bindings: []),
        Layer(name: "All", imports: ["Files", "Regions"], bindings: []),
      ])
    #expect(house.faults == [])
    #expect(
      house.rows == [
        ["`Files`", "", "`CZip`", ""], ["`Regions`", "`Files`", "", ""],
        ["`All`", "all above", "", ""],
      ])
  }

  @Test("An import that goes up, one of the umbrella and a shared C module are noticed")
  func faultsAreNoticed() throws {
    let house = try Self.house(
      ("CZip", "Sources/CZip", []), ("A", "Sources/A", ["B", "CZip"]),
      ("B", "Sources/B", ["CZip"]), ("P", "Sources/Umbrella", ["A"]), ("D", "Sources/D", ["P"]))
    #expect(
      house.faults == [
        "A may import B, which is not above it", "D may import Umbrella, which is not above it",
        "several modules may import CZip",
      ])
  }

  @Test("A table is found among other text, and another order or a missing row differs")
  func tableIsFound() {
    let rows = ["| `A` | one thing |  |  | no |", "| `B` | another | `A` |  |  |"]
    let head = [
      "| module | holds | imports | C modules | Foundation |", "| --- | --- | --- | --- | --- |",
    ]
    let text = (["Text.", "", "| a | b |", ""] + head + rows + ["", "| c |"]).joined(
      separator: "\n")
    #expect(
      Self.table(in: text) == [
        ["`A`", "one thing", "", "", "no"], ["`B`", "another", "`A`", "", ""],
      ])
    #expect(Self.table(in: rows.joined(separator: "\n")) == [])
  }

  /// The rows of the table whose head is that of the layers.
  private static func table(in text: String) -> [[String]] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in line.hasPrefix("|") ? cells(line) : [] }
    return Array(lines.drop { $0 != columns }.dropFirst(2).prefix { $0.count == columns.count })
  }

  private static func cells(_ line: Substring) -> [String] {
    line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
      .map { $0.trimmingCharacters(in: .whitespaces) }
  }

  /// A house of targets with a name, a path and dependencies.
  private static func house(_ targets: (String, String, [String])...) throws -> House {
    let dump: [[String: Any]] = targets.map { name, path, dependencies in
      [
        "name": name, "path": path,
        "dependencies": dependencies.map { ["byName": [$0, NSNull()] as [Any]] }
          + [["product": ["ArgumentParser"]]],
      ]
    }
    return try House(dump: JSONSerialization.data(withJSONObject: ["targets": dump]))
  }
}
