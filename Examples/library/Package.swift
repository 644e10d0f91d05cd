// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "library",
  // In a package of your own: .package(url: "https://…/chiasm", from: …).
  dependencies: [.package(name: "Chiasm", path: "../..")],
  targets: [
    // Its name is that of a module of Chiasm, to show that names do not clash.
    .executableTarget(
      name: "Statistics", dependencies: [.product(name: "Chiasm", package: "Chiasm")])
  ],
  swiftLanguageModes: [.v6]
)
