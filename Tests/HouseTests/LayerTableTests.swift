import Foundation
import TestSupport
import Testing

@Suite("The table of layers")
struct LayerTableTests {
  @Test("CONTRIBUTING.md shows the layers that the rules check")
  func contributingShowsLayers() throws {
    let text = try String(
      contentsOf: SharedData.packageRoot.appending(path: "CONTRIBUTING.md"), encoding: .utf8)
    #expect(Self.table(in: text) == Layer.table(of: Layer.house))
  }

  @Test("Package.swift declares the same layers in the same order")
  func packageDeclaresLayers() throws {
    let text = try String(
      contentsOf: SharedData.packageRoot.appending(path: "Package.swift"), encoding: .utf8)
    #expect(
      Self.layers(in: text)
        == Layer.house.map(\.name).filter { !["Umbrella", "chiasm"].contains($0) })
  }

  @Test("Another table, another order and a missing row are noticed")
  func differencesAreNoticed() {
    let table = Layer.table(of: Layer.house)
    let changed = Layer.table(of: Layer.house.reversed())
    #expect(Self.table(in: "Text.\n\n" + table.joined(separator: "\n") + "\n\nText.") == table)
    #expect(Self.table(in: changed.joined(separator: "\n")) != table)
    #expect(Self.table(in: table.dropLast().joined(separator: "\n")) != table)
    #expect(Self.layers(in: "Layer(folder: \"B\"),\n  Layer(\n    folder: \"C\"),") == ["B", "C"])
  }

  /// The lines of the table whose head is that of the layers.
  private static func table(in text: String) -> [String] {
    let head = Layer.table(of: [])[0]
    return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      .drop { $0 != head }.prefix { $0.hasPrefix("|") }.map(\.self)
  }

  /// The names that a manifest's list of layers gives.
  private static func layers(in manifest: String) -> [String] {
    manifest.matches(of: #/Layer\(\s*folder: "(\w+)"/#).map { String($0.output.1) }
  }
}
