/// Panels of equal size in rows.
struct PanelGrid {
  let frames: [Frame]
  let columns: Int
  /// From one row to the next; infinite with one row.
  private let pitch: Double

  /// Divides a frame into as many panels as there are.
  ///
  /// - Parameters:
  ///   - columns: how many stand beside each other.
  ///   - gaps: between columns and between rows, in points.
  init(count: Int, columns: Int, in frame: Frame, gaps: (across: Double, down: Double)) {
    let columns = max(1, min(columns, count))
    let rows = max(1, (count + columns - 1) / columns)
    let across = min(gaps.across, frame.width * 0.5 / Double(columns))
    let down = min(gaps.down, frame.height * 0.6 / Double(rows))
    let width = (frame.width - across * Double(columns - 1)) / Double(columns)
    let height = (frame.height - down * Double(rows - 1)) / Double(rows)
    frames = (0..<count).map {
      Frame(
        x: frame.x + Double($0 % columns) * (width + across),
        y: frame.y + Double($0 / columns) * (height + down), width: width, height: height)
    }
    self.columns = columns
    pitch = rows > 1 ? height + down : .infinity
  }

  /// Whether there is room for names above panels, so that they do not lie on what is above.
  func hasHeads(_ style: ChartStyle) -> Bool { pitch >= style.line * 2.6 }

  /// How many panels stand beside each other so that each is at least so wide and the rows are as
  /// even as they can be. Where a height is given that is too low for these rows, panels become
  /// narrower, down to half of that.
  static func columns(
    count: Int, width: Double, least: Double, height: Double? = nil, low: Double = 1
  ) -> Int {
    let count = max(count, 1)
    let most = max(1, min(count, Int(width / least)))
    var rows = (count + most - 1) / most
    if let height, height.isFinite {
      let narrow = max(1, min(count, Int(width / least * 2)))
      let fitting = max(1, Int(max(height, 0).clamped(from: 0, to: 14_400) / low))
      rows = max(min(rows, fitting), (count + narrow - 1) / narrow)
    }
    return (count + rows - 1) / rows
  }

  /// Whether a panel stands at the left edge.
  func isFirst(_ place: Int) -> Bool { place % columns == 0 }

  /// Whether no panel stands below it.
  func isLowest(_ place: Int) -> Bool { place + columns >= frames.count }
}
