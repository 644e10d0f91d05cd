// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
]

/// The layers of the house, lowest first. A module may import only modules above it in this list.
let layers: [(name: String, imports: [String])] = [
  ("LinearAlgebra", ["COpenBLAS"]),
  ("OptimalTransport", ["CTransportKernels", "LinearAlgebra"]),
  ("Statistics", ["LinearAlgebra"]),
  ("Responses", ["LinearAlgebra"]),
  ("ArrayFiles", ["CZip", "CCrypto"]),
  ("Imaging", ["CNIfTI", "ArrayFiles"]),
  ("Alignment", ["LinearAlgebra", "OptimalTransport", "Statistics", "Responses"]),
  ("Reporting", ["CDrawing", "Statistics"]),
  (
    "Workflows",
    [
      "LinearAlgebra", "OptimalTransport", "Statistics", "Responses", "ArrayFiles", "Imaging",
      "Alignment", "Reporting",
    ]
  ),
]

/// The layers whose tests are wanted, CHIASM_TEST_LAYERS with commas between the names; then only these
/// and what they import are built, without the program. The sanitizers are slow enough with what they
/// are asked to look at.
let chosen = Context.environment["CHIASM_TEST_LAYERS"].map {
  Set($0.split(separator: ",").map(String.init))
}
let wanted = layers.reversed().reduce(into: chosen ?? Set(layers.map(\.name))) { wanted, layer in
  if wanted.contains(layer.name) { wanted.formUnion(layer.imports) }
}
let built = layers.filter { wanted.contains($0.name) }

let modules: [Target] = built.map { layer in
  .target(
    name: layer.name, dependencies: layer.imports.map { .init(stringLiteral: $0) },
    swiftSettings: strict)
}

/// The modules whose tests keep files of reference values, with the script that made them.
let withReference = [
  "Alignment", "ArrayFiles", "Imaging", "OptimalTransport", "Reporting", "Statistics",
]

let tests: [Target] = built.filter { chosen?.contains($0.name) ?? true }.map { layer in
  .testTarget(
    name: layer.name + "Tests",
    dependencies: ["TestSupport", .init(stringLiteral: layer.name)]
      + layer.imports.filter { !$0.hasPrefix("C") }.map { .init(stringLiteral: $0) },
    exclude: (withReference.contains(layer.name) ? ["Reference"] : [])
      + (layer.name == "Alignment" ? ["Measures/Reference"] : []), swiftSettings: strict)
}

/// The program, and the tests that look at the whole.
let program: [Target] = [
  .executableTarget(
    name: "chiasm",
    dependencies: [
      "Workflows", "Reporting", "Alignment", "Imaging", "ArrayFiles", "Responses", "Statistics",
      "OptimalTransport", "LinearAlgebra",
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
    ],
    swiftSettings: strict),
  .testTarget(
    name: "CommandTests", dependencies: ["TestSupport", "chiasm", "ArrayFiles", "Imaging"],
    swiftSettings: strict),
  .testTarget(name: "HouseTests", dependencies: ["TestSupport"], swiftSettings: strict),
]

let package = Package(
  name: "Chiasm",
  products: [.library(name: "Chiasm", targets: built.map(\.name))]
    + (chosen == nil ? [.executable(name: "chiasm", targets: ["chiasm"])] : []),
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0")
  ],
  targets: [
    .target(name: "CTransportKernels"),
    .target(
      name: "CNIfTI", cSettings: [.headerSearchPath("forward")],
      linkerSettings: ["nifti2", "znz", "z", "m"].map { .linkedLibrary($0) }),
    .target(
      name: "CDrawing",
      linkerSettings: ["rsvg-2", "cairo", "gobject-2.0", "glib-2.0", "z"].map {
        .linkedLibrary($0)
      }),
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
  ] + modules + tests + (chosen == nil ? program : []),
  swiftLanguageModes: [.v6]
)
