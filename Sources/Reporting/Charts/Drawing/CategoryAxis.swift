/// Names at even distances along a horizontal line: beside each other if they fit, upright if not, and
/// only some of them if they would still lie on each other.
struct CategoryAxis {
  /// The whole names.
  let names: [String]
  /// What is written of them.
  let shown: [String]
  let isUpright: Bool
  /// Every how manieth name is written.
  let stride: Int
  /// What the names take below the line, in points.
  let height: Double

  /// - Parameters:
  ///   - step: the distance between names in points.
  ///   - room: what upright names may take at most; longer ones are shortened.
  init(_ names: [String], step: Double, room: Double, style: ChartStyle) {
    self.names = names
    let widest = style.width(names, isSmall: true)
    let line = style.smallLetters * 1.15
    if widest + style.smallLetters * 0.5 <= step || names.count <= 1 && widest < 3 * step {
      (isUpright, stride, height) = (false, 1, line)
    } else if let stride = Self.stride(of: names, widest: widest, step: step, style: style) {
      (isUpright, self.stride, height) = (false, stride, line)
    } else {
      isUpright = true
      stride = max(1, Int((line / max(step, 1e-9)).rounded(.up)))
      height = min(widest, max(room, style.smallLetters * 2))
    }
    let room = isUpright ? height : .infinity
    shown = style.shortened(names, to: room, isSmall: true)
  }

  /// Numbers may be left out, since who reads 2, 4, 6 knows what lies between.
  private static func stride(
    of names: [String], widest: Double, step: Double, style: ChartStyle
  ) -> Int? {
    guard names.allSatisfy({ Int($0) != nil }) else { return nil }
    let least = (widest + style.smallLetters * 0.5) / max(step, 1e-9)
    return [1, 2, 5, 10, 20, 50, 100].first { Double($0) >= least }
  }
}
