// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "ChiasmBenchmarks",
  products: [.executable(name: "chiasm-benchmarks", targets: ["ChiasmBenchmarks"])],
  dependencies: [.package(name: "Chiasm", path: "..")],
  targets: [
    .executableTarget(
      name: "ChiasmBenchmarks", dependencies: [.product(name: "Chiasm", package: "Chiasm")],
      swiftSettings: [
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("ExistentialAny"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
