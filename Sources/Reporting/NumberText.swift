public import ChiasmTables
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

  /// A value of a table as its column is shown; `n/a` where there is nothing. Names are as in files.
  public static func text(_ value: CellValue, _ format: Quantity.Format) -> String {
    switch (value, format) {
    case (.text(let text), _): text ?? "n/a"
    case (.count(let count), _): count.map(String.init) ?? "n/a"
    case (.number(let number), .fixed(let decimals)): fixed(number, decimals: decimals)
    case (.number(let number), .digits(let digits)): short(number, digits: digits)
    case (.number(let number), .scientific): scientific(number)
    case (.number(let number), .text), (.number(let number), .count): short(number)
    }
  }

  private static func formatted(_ number: Double?, _ format: String) -> String {
    guard let number, !number.isNaN else { return "n/a" }
    let text = String(format: format, number)
    // Zero, and what rounds to it, is shown without a sign.
    let isZero = number.isFinite && !text.contains { ("1"..."9").contains($0) }
    return isZero && text.hasPrefix("-") ? String(text.dropFirst()) : text
  }
}
