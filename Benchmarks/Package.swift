// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
]

let package = Package(
  name: "ChiasmBenchmarks",
  products: [
    .executable(name: "chiasm-benchmarks", targets: ["ChiasmBenchmarks"]),
    .executable(name: "chiasm-calibration", targets: ["ChiasmCalibration"]),
  ],
  dependencies: [.package(name: "Chiasm", path: "..")],
  targets: ["ChiasmBenchmarks", "ChiasmCalibration"].map { name in
    .executableTarget(
      name: name, dependencies: [.product(name: "Chiasm", package: "Chiasm")],
      swiftSettings: strict)
  },
  swiftLanguageModes: [.v6]
)
