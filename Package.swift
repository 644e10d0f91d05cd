// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
]

/// A module of the house: its folder in Sources and what it may import. Targets carry the name of the
/// package, because no two packages of a program may have targets of one name.
struct Layer {
  let folder: String
  let imports: [String]
  /// C modules that only this module imports.
  var bindings: [String] = []
  /// Files that become part of the code, as the bytes of `PackageResources`.
  var embedded: [String] = []
  /// Modules of other packages.
  var products: [Target.Dependency] = []

  var target: String { Self.target(folder) }
  var dependencies: [Target.Dependency] {
    (imports + bindings).map { .init(stringLiteral: Self.target($0)) } + products
  }

  static func target(_ folder: String) -> String { "Chiasm" + folder }
}

/// Exponentials, logarithms and other functions of the C library, called alike on every platform.
let realModule: Target.Dependency = .product(name: "RealModule", package: "swift-numerics")

/// The layers of the house, lowest first. A module may import only modules above it in this list.
let layers = [
  Layer(folder: "Tables", imports: []),
  Layer(folder: "LinearAlgebra", imports: [], bindings: ["COpenBLAS"]),
  Layer(
    folder: "Transport", imports: ["LinearAlgebra"], bindings: ["CTransport"],
    products: [realModule]),
  Layer(folder: "Statistics", imports: ["LinearAlgebra"], products: [realModule]),
  Layer(folder: "Responses", imports: ["LinearAlgebra"]),
  Layer(folder: "Files", imports: ["Tables"], bindings: ["CZip", "CDeflate", "CCrypto", "CHDF5"]),
  Layer(folder: "Imaging", imports: ["Responses", "Files"], bindings: ["CNIfTI", "CExpat"]),
  Layer(folder: "Datasets", imports: ["LinearAlgebra", "Responses", "Files", "Imaging"]),
  Layer(
    folder: "Alignment", imports: ["LinearAlgebra", "Transport", "Statistics", "Responses"],
    products: [realModule]),
  Layer(
    folder: "Reporting", imports: ["Tables", "Statistics"], bindings: ["CDrawing"],
    embedded: ["Pages/page.css", "Pages/page.js"]),
  Layer(
    folder: "Results",
    imports: [
      "Tables", "LinearAlgebra", "Transport", "Statistics", "Responses", "Files", "Alignment",
    ]),
  Layer(
    folder: "Workflows",
    imports: [
      "Tables", "LinearAlgebra", "Transport", "Statistics", "Responses", "Files", "Imaging",
      "Datasets", "Alignment", "Reporting", "Results",
    ]),
]

/// The layers whose tests are wanted, CHIASM_TEST_LAYERS with commas between the names; then only these
/// and what they import are built, without the program. The sanitizers are slow enough with what they
/// are asked to look at.
let chosen = Context.environment["CHIASM_TEST_LAYERS"].map {
  Set($0.split(separator: ",").map(String.init))
}
let wanted = layers.reversed().reduce(into: chosen ?? Set(layers.map(\.folder))) { wanted, layer in
  if wanted.contains(layer.folder) { wanted.formUnion(layer.imports) }
}
let built = layers.filter { wanted.contains($0.folder) }

let modules: [Target] = built.map { layer in
  .target(
    name: layer.target, dependencies: layer.dependencies, path: "Sources/" + layer.folder,
    resources: layer.embedded.map { .embedInCode($0) }, swiftSettings: strict)
}

/// The modules whose tests keep files of reference values, with the script that made them.
let withReference = [
  "Alignment", "Datasets", "Files", "Imaging", "Transport", "Reporting", "Statistics", "Results",
  "Workflows",
]

let tests: [Target] = built.filter { chosen?.contains($0.folder) ?? true }.map { layer in
  .testTarget(
    name: layer.folder + "Tests",
    dependencies: ["TestSupport"]
      + ([layer.folder] + layer.imports).map { .init(stringLiteral: Layer.target($0)) },
    exclude: (withReference.contains(layer.folder) ? ["Reference"] : [])
      + (layer.folder == "Alignment" ? ["Measures/Reference"] : []), swiftSettings: strict)
}

/// The library for other packages, the program, and the tests that look at the whole.
let whole: [Target] = [
  .target(
    name: "Chiasm", dependencies: layers.map { .init(stringLiteral: $0.target) },
    path: "Sources/Umbrella", swiftSettings: strict),
  .executableTarget(
    name: "ChiasmCommand",
    dependencies: layers.map { .init(stringLiteral: $0.target) } + [
      .product(name: "ArgumentParser", package: "swift-argument-parser")
    ],
    path: "Sources/chiasm", swiftSettings: strict),
  .testTarget(
    name: "CommandTests",
    dependencies: [
      "TestSupport", "ChiasmCommand", "ChiasmResponses", "ChiasmFiles", "ChiasmImaging",
    ],
    swiftSettings: strict),
  .testTarget(name: "HouseTests", dependencies: ["TestSupport"], swiftSettings: strict),
]

let package = Package(
  name: "Chiasm",
  products: chosen == nil
    ? [
      .library(name: "Chiasm", targets: ["Chiasm"]),
      .executable(name: "chiasm", targets: ["ChiasmCommand"]),
    ] : [],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.0.0"),
  ],
  targets: [
    .target(name: "ChiasmCTransport", path: "Sources/CTransport"),
    .target(
      name: "ChiasmCNIfTI", path: "Sources/CNIfTI", cSettings: [.headerSearchPath("forward")],
      linkerSettings: ["nifti2", "znz", "z", "m"].map { .linkedLibrary($0) }),
    .target(
      name: "ChiasmCDrawing", path: "Sources/CDrawing",
      linkerSettings: ["rsvg-2", "cairo", "fontconfig", "gobject-2.0", "glib-2.0", "z"].map {
        .linkedLibrary($0)
      }),
    .systemLibrary(
      name: "ChiasmCHDF5Library", path: "Sources/CHDF5Library", pkgConfig: "hdf5",
      providers: [.apt(["libhdf5-dev"])]),
    .target(
      name: "ChiasmCHDF5", dependencies: ["ChiasmCHDF5Library"], path: "Sources/CHDF5"),
    .systemLibrary(
      name: "ChiasmCOpenBLAS", path: "Sources/COpenBLAS", pkgConfig: "openblas",
      providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(
      name: "ChiasmCZip", path: "Sources/CZip", pkgConfig: "libzip",
      providers: [.apt(["libzip-dev"])]),
    .systemLibrary(
      name: "ChiasmCDeflate", path: "Sources/CDeflate", pkgConfig: "libdeflate",
      providers: [.apt(["libdeflate-dev"])]),
    .systemLibrary(
      name: "ChiasmCCrypto", path: "Sources/CCrypto", pkgConfig: "libcrypto",
      providers: [.apt(["libssl-dev"])]),
    .systemLibrary(
      name: "ChiasmCExpat", path: "Sources/CExpat", pkgConfig: "expat",
      providers: [.apt(["libexpat1-dev"])]),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
  ] + modules + tests + (chosen == nil ? whole : []),
  swiftLanguageModes: [.v6]
)
