import ArgumentParser

/// A number written as a decimal or as a fraction: `0.5`, `1/300`.
struct Factor: ExpressibleByArgument, Equatable {
  let value: Double

  init?(argument: String) {
    let parts = argument.split(separator: "/", omittingEmptySubsequences: false)
      .map { Double($0) }
    switch (parts.count, parts.first ?? nil, parts.last ?? nil) {
    case (1, let number?, _): value = number
    case (2, let numerator?, let denominator?) where denominator != 0:
      value = numerator / denominator
    default: return nil
    }
  }

  init(_ value: Double) { self.value = value }

  var defaultValueDescription: String { value == value.rounded() ? "\(Int(value))" : "\(value)" }
}
