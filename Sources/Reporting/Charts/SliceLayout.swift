/// Where the pictures of a chart lie.
struct SliceLayout {
  /// A picture and its caption.
  struct Cell {
    let panel: SliceChart.Panel
    let image: Frame
    /// As wide as the caption needs, at least as the image.
    let frame: Frame
  }

  /// Pictures beside each other.
  struct Line {
    /// Which row of the chart they belong to.
    let row: Int
    /// The row's name, above its first line.
    let name: String?
    let nameY: Double
    let cells: [Cell]
  }

  let canvas: FigureSize
  let frame: Frame
  let lines: [Line]
  let legend: Frame

  private static let panelsOnLine = 6
  /// What fits a page.
  private static let pageHeight = 640.0

  init(_ chart: SliceChart, legend legendHeight: Double, style: ChartStyle) {
    let (margin, gap) = (style.letters / 3, style.letters * 0.9)
    let width = style.canvasWidth - 2 * margin
    let stacked = Self.stacked(chart.rows, width: width, gap: gap, style)
    // One width for the row, so that its lines stand below each other.
    let captions = chart.rows.map { $0.panels.map { Self.captionWidth($0, style) }.max() ?? 0 }
    let above = stacked.map { $0.isFirst && !chart.rows[$0.row].name.isEmpty ? style.line : 0 }
    let below = style.smallLetters * 1.5 + style.letters * 0.5
    let fixed =
      above.reduce(0, +) + below * Double(stacked.count) + style.letters * 0.5 + legendHeight
      + 2 * margin
    let scale = Self.scale(stacked.map(\.panels), width: width, gap: gap, fixed: fixed, style)
    var y = margin
    var lines: [Line] = []
    for (place, one) in stacked.enumerated() {
      let nameY = y + style.line * 0.45
      y += above[place]
      let height = (one.panels.map(\.height).max() ?? 0) * scale
      let wanted = one.panels.map { max($0.width * scale, captions[one.row]) }
      let room = width - gap * Double(wanted.count - 1)
      let shrunk = min(1, room / max(wanted.reduce(0, +), 1))
      var x = margin
      let cells = zip(one.panels, wanted).map { panel, wanted in
        let cell = Frame(x: x, y: y, width: wanted * shrunk, height: height)
        x += wanted * shrunk + gap
        let size = (width: panel.width * scale, height: panel.height * scale)
        let image = Frame(
          x: cell.x + max(0, cell.width - size.width) / 2, y: y + height - size.height,
          width: size.width, height: size.height)
        return Cell(panel: panel, image: image, frame: cell)
      }
      lines.append(
        Line(
          row: one.row, name: above[place] > 0 ? chart.rows[one.row].name : nil, nameY: nameY,
          cells: cells))
      y += height + below
    }
    y += style.letters * 0.5
    self.lines = lines
    legend = Frame(x: margin, y: y, width: width, height: legendHeight)
    // Higher than asked for where the words alone do not fit.
    let height = y + legendHeight + margin
    canvas = FigureSize(
      width: style.canvasWidth, height: max(style.canvas(height: height).height, height))
    frame = Frame(x: margin, y: margin, width: width, height: canvas.height - 2 * margin)
  }

  private static func captionWidth(_ panel: SliceChart.Panel, _ style: ChartStyle) -> Double {
    let texts = [panel.leftEnd, panel.caption, panel.rightEnd]
    let width = texts.reduce(0) {
      $0 + TextMeasure.width(of: $1.flattened, size: style.smallLetters, isBold: true)
    }
    return min(width + style.smallLetters * 1.2, style.letters * 14)
  }

  /// The rows cut into lines on which the captions fit, as even as they can be.
  private static func stacked(
    _ rows: [SliceChart.Row], width: Double, gap: Double, _ style: ChartStyle
  ) -> [(row: Int, isFirst: Bool, panels: [SliceChart.Panel])] {
    rows.enumerated().flatMap { place, row in
      let widest = row.panels.map { captionWidth($0, style) }.max() ?? 0
      let most = min(panelsOnLine, max(1, Int((width + gap) / (widest + gap))))
      let lines = (row.panels.count + most - 1) / most
      let length = (row.panels.count + lines - 1) / lines
      return stride(from: 0, to: row.panels.count, by: length).map { start in
        (place, start == 0, Array(row.panels[start...].prefix(length)))
      }
    }
  }

  /// Points for a unit of length: the widest line fits, the longest side is no more than a third of the
  /// width, and all fit into the height that was asked for, or on a page.
  private static func scale(
    _ lines: [[SliceChart.Panel]], width: Double, gap: Double, fixed: Double, _ style: ChartStyle
  ) -> Double {
    let panels = lines.joined()
    guard let longest = panels.map({ max($0.width, $0.height) }).max() else { return 1 }
    let across = lines.map { line in
      max(width - gap * Double(line.count - 1), 1) / line.reduce(0) { $0 + $1.width }
    }
    let scale = min(across.min() ?? 1, style.canvasWidth / 3 / longest)
    let sum = lines.reduce(0) { $0 + ($1.map(\.height).max() ?? 0) }
    let height = style.size?.height ?? max(pageHeight, 2 * fixed)
    return min(scale, max(height - fixed, style.letters * Double(lines.count)) / sum)
  }
}
