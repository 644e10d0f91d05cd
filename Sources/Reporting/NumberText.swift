internal import Foundation

/// Numbers as they are shown to people; what is not there, or not a number, is `n/a`.
public enum NumberText {
  /// A fixed number of decimals: `0.50`.
  public static func fixed(_ number: Double?, decimals: Int) -> String {
    formatted(number, "%.\(decimals)f")
  }

  /// Two digits and a power of ten: `2.2e-16`.
  public static func scientific(_ number: Double?) -> String { formatted(number, "%.1e") }

  /// Up to `digits` digits that count, without zeros at the end: `1.8`, `-103.5`, `2e+09`.
  public static func short(_ number: Double?, digits: Int = 6) -> String {
    formatted(number, "%.\(digits)g")
  }

  /// Lengths of dimensions: `64 × 64 × 50`.
  public static func shape(_ lengths: [Int]) -> String {
    lengths.isEmpty ? "one value" : lengths.map(String.init).joined(separator: " × ")
  }

  private static func formatted(_ number: Double?, _ format: String) -> String {
    guard let number, !number.isNaN else { return "n/a" }
    // Zero is shown without a sign.
    return String(format: format, number == 0 ? 0 : number)
  }
}
