/// How much room text takes in DejaVu Sans, found without a font at hand.
///
/// Latin, Greek, Cyrillic and common signs have the advances of the font; kerning is left out. Other
/// scripts are estimated by class: the wide ones at one em, marks over their neighbours at nothing.
/// The other fonts of the stack are narrower, so text that fits here fits there.
enum TextMeasure {
  /// The width of one line of text in points.
  static func width(of text: String, size: Double, isBold: Bool = false) -> Double {
    text.reduce(0) { $0 + advance(of: $1, isBold: isBold) } * size
  }

  /// The text itself if it fits, else its start and its end with `…` between; empty if not even `…`
  /// fits.
  static func shortened(
    _ text: String, to width: Double, size: Double, isBold: Bool = false
  ) -> String {
    func fits(_ text: String) -> Bool {
      Self.width(of: text, size: size, isBold: isBold) <= width
    }
    if fits(text) { return text }
    func cut(keeping count: Int) -> String {
      text.prefix((count + 1) / 2) + "…" + text.suffix(count / 2)
    }
    guard fits("…") else { return "" }
    var (low, high) = (0, text.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if fits(cut(keeping: middle)) { low = middle } else { high = middle }
    }
    return cut(keeping: low)
  }

  /// From the baseline to the top of a capital, as a part of the size: half of it centres a line of
  /// text at a height.
  static let capHeight = 0.73

  private static func advance(of character: Character, isBold: Bool) -> Double {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    for block in blocks where scalar.value >= block.first {
      let place = Int(scalar.value - block.first)
      if place < block.regular.count, block.regular[place] > 0 {
        return Double((isBold ? block.bold : block.regular)[place]) / 2048
      }
    }
    // 0, 1 or 2 columns of a terminal; a pictograph is wider than its em.
    return switch String(character).displayWidth {
    case 0: 0
    case 1: isBold ? 0.75 : 0.68
    default: scalar.value >= 0x1F000 ? 1.3 : 1
    }
  }
}
