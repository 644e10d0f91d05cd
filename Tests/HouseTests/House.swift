import Foundation
import TestSupport

/// A module of the house, as `Package.swift` declares it.
struct Layer: Equatable, Sendable {
  /// Its folder in `Sources`: `Imaging`.
  let name: String
  /// The modules of ours that it may import, by their folders.
  let imports: [String]
  /// The C modules that only it imports.
  let bindings: [String]

  /// The modules that compute: they need no Foundation.
  static let withoutFoundation: Set = [
    "Tables", "LinearAlgebra", "Transport", "Statistics", "Responses", "Alignment",
  ]
}

/// The modules of the package, lowest first, as SwiftPM understands `Package.swift`. Nothing else in
/// the tests says which modules there are and what they import.
struct House: Sendable {
  let layers: [Layer]

  /// The house that this test belongs to.
  static func own() throws -> House { try read.get() }

  private static let read = Result { try House(dump: dumpedPackage()) }

  /// Reads what `swift package dump-package` prints.
  init(dump: Data) throws {
    let targets = try JSONDecoder().decode(DumpedPackage.self, from: dump).targets
      .filter { $0.path?.hasPrefix("Sources/") == true }
    let folders = Dictionary(
      targets.map { ($0.name, $0.folder) }, uniquingKeysWith: { first, _ in first })
    layers = targets.filter { !Self.isC($0.folder) }.map { target in
      let names = target.dependencies.compactMap { $0.byName?.first ?? nil }
        .map { folders[$0] ?? $0 }
      return Layer(
        name: target.folder, imports: names.filter { !Self.isC($0) },
        bindings: names.filter(Self.isC))
    }
  }

  /// Whether a module is of C by its name: `CZip`.
  static func isC(_ module: String) -> Bool { module.prefixMatch(of: #/C[A-Z]/#) != nil }

  func layer(_ name: String) -> Layer? { layers.first { $0.name == name } }
}

extension House {
  /// The rows of the table of layers in CONTRIBUTING.md, without what each module holds.
  var rows: [[String]] {
    func list(_ names: [String]) -> String { names.map { "`\($0)`" }.joined(separator: ", ") }
    return layers.map { layer in
      // Nothing imports the umbrella, so that it counts for none of "all above".
      let above = layers.prefix { $0 != layer }.map(\.name).filter { $0 != "Umbrella" }
      let isAll = above.count > 1 && Set(layer.imports) == Set(above)
      return [
        list([layer.name]), isAll ? "all above" : list(layer.imports), list(layer.bindings),
        Layer.withoutFoundation.contains(layer.name) ? "no" : "",
      ]
    }
  }

  /// What is wrong with the declarations themselves.
  var faults: [String] {
    let owners = Dictionary(grouping: layers.flatMap(\.bindings), by: \.self)
    return layers.indices.flatMap { place in
      let above = layers[..<place].map(\.name)
      return layers[place].imports.filter { !above.contains($0) || $0 == "Umbrella" }
        .map { "\(layers[place].name) may import \($0), which is not above it" }
    } + owners.filter { $0.value.count > 1 }.map { "several modules may import \($0.key)" }.sorted()
  }
}

/// What this needs of `swift package dump-package`.
private struct DumpedPackage: Decodable {
  let targets: [Target]

  struct Target: Decodable {
    let name: String
    let path: String?
    let dependencies: [Dependency]
    /// `Imaging` of `Sources/Imaging`.
    var folder: String { String((path ?? name).split(separator: "/").last ?? "") }
  }

  struct Dependency: Decodable {
    let byName: [String?]?
  }
}

/// Asks SwiftPM, which reads the manifest in a third of a second. It gets a scratch folder of its own,
/// because the tests may run while another SwiftPM holds the usual one.
private func dumpedPackage() throws -> Data {
  try withTemporaryFolder { folder in
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "-u", "CHIASM_TEST_LAYERS", "swift", "package", "--package-path",
      SharedData.packageRoot.path, "--scratch-path", folder.path, "dump-package",
    ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return data
  }
}
