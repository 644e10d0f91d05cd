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
      name: "LinearAlgebra",
      holds: "matrices, views, products, standardisation, SVD and QR",
      bindings: ["COpenBLAS"], shuns: ["Foundation"]),
    Layer(
      name: "OptimalTransport",
      holds: "cost, problem, solver, solution with its certificate",
      bindings: ["CTransportKernels"], shuns: ["Foundation"]),
    Layer(
      name: "Statistics",
      holds: "correlation, splits, resampling, noise ceilings, the seeded generator",
      shuns: ["Foundation"]),
    Layer(
      name: "Responses",
      holds: "response matrices and sets, joined by stimulus",
      shuns: ["Foundation"]),
    Layer(
      name: "ArrayFiles",
      holds: "array and table files: `.npy`, `.npz`, TSV, CSV",
      bindings: ["CZip", "CCrypto"]),
    Layer(
      name: "Imaging",
      holds: "NIfTI images, grids, regions, atlases; image to matrix and back",
      bindings: ["CNIfTI"]),
    Layer(
      name: "Alignment",
      holds: "HOT, its controls, other measures, scores",
      shuns: ["ArrayFiles", "Foundation", "Imaging"]),
    Layer(
      name: "Reporting",
      holds: "tables, figures, HTML",
      bindings: ["CDrawing"], shuns: ["Alignment", "Imaging", "Responses"]),
    Layer(name: "Workflows", holds: "the use cases, values in and values out"),
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
