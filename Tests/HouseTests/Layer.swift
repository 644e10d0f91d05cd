/// A module of the house: what it holds and what it may not know.
struct Layer: Sendable {
  let name: String
  /// What the module is for, as the table of CONTRIBUTING.md says it.
  let holds: String
  /// C modules that only this module may import.
  var bindings: [String] = []
  /// Modules that it must not import although they stand above it, or come with the system.
  var shuns: [String] = []
}

extension Layer {
  /// The whole house, lowest first: a module may import only modules above it in this list.
  ///
  /// The rules, and the table in CONTRIBUTING.md, are made from this list.
  static let house = [
    Layer(
      name: "Tables",
      holds: "quantities and tables of results, described once",
      shuns: ["Foundation"]),
    Layer(
      name: "LinearAlgebra",
      holds: "matrices, views, products, standardisation, SVD and QR",
      bindings: ["COpenBLAS"], shuns: ["Foundation"]),
    Layer(
      name: "Transport",
      holds: "cost, problem, solver, solution with its certificate",
      bindings: ["CTransport"], shuns: ["Foundation"]),
    Layer(
      name: "Statistics",
      holds: "correlation, splits, resampling, noise ceilings, the seeded generator",
      shuns: ["Foundation"]),
    Layer(
      name: "Responses",
      holds: "response matrices and sets, joined by stimulus",
      shuns: ["Foundation"]),
    Layer(
      name: "Files",
      holds: "array and table files: `.npy`, `.npz`, TSV, CSV",
      bindings: ["CZip", "CCrypto"]),
    Layer(
      name: "Imaging",
      holds: "NIfTI images, grids, regions, atlases; image to matrix and back",
      bindings: ["CNIfTI"]),
    Layer(
      name: "Alignment",
      holds: "HOT, its controls, other measures, scores",
      shuns: ["Files", "Foundation", "Imaging"]),
    Layer(
      name: "Reporting",
      holds: "tables, figures, HTML",
      bindings: ["CDrawing"], shuns: ["Alignment", "Imaging", "Responses"]),
    Layer(name: "Workflows", holds: "the use cases, values in and values out"),
    Layer(name: "Umbrella", holds: "all of them, for other programs: `import Chiasm`"),
    Layer(
      name: "chiasm", holds: "the command: one file a subcommand; only here is anything printed"),
  ]

  /// The house as a Markdown table, a line a row.
  static func table(of house: [Layer]) -> [String] {
    func list(_ names: [String]) -> String { names.map { "`\($0)`" }.joined(separator: ", ") }
    let rows = house.map { layer in
      [list([layer.name]), layer.holds, list(layer.bindings), list(layer.shuns)]
    }
    return
      ([["module", "holds", "C modules", "never imports"], Array(repeating: "---", count: 4)]
      + rows).map { "| " + $0.joined(separator: " | ") + " |" }
  }
}
