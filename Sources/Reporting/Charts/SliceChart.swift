/// Pictures in rows, such as slices through a body: values in colours over a grey background, each with
/// its caption and the names of its two ends.
///
/// All pictures have one scale, so that lengths can be compared.
public struct SliceChart: Chart {
  /// One picture.
  public struct Panel: Equatable, Sendable {
    /// What is drawn in colours.
    public let values: PixelMatrix
    /// Where there could be a value: not NaN. As large as `values`; nil for where they are.
    public let region: PixelMatrix?
    /// What is drawn in grey below, on the same rectangle.
    public let background: PixelMatrix?
    /// Numbers that stand for the parts whose names are written on the picture; nil for none.
    public let parts: PixelMatrix?
    /// The width of the rectangle, in the unit of all panels.
    public let width: Double
    /// Its height.
    public let height: Double
    /// What is written below: `z = 12 mm`.
    public let caption: String
    /// The name of the left end: `L`.
    public let leftEnd: String
    /// The name of the right end.
    public let rightEnd: String

    /// Takes a picture; traps if a region has another size, or a side no length.
    public init(
      values: PixelMatrix, region: PixelMatrix? = nil, background: PixelMatrix? = nil,
      parts: PixelMatrix? = nil, width: Double, height: Double, caption: String,
      leftEnd: String = "", rightEnd: String = ""
    ) {
      precondition(width > 0 && height > 0 && (width + height).isFinite, "A panel has a size.")
      precondition(
        region.map { ($0.rowCount, $0.columnCount) == (values.rowCount, values.columnCount) }
          ?? true,
        "A region has the size of the values.")
      self.values = values
      self.region = region
      self.background = background
      self.parts = parts
      self.width = width
      self.height = height
      self.caption = caption
      self.leftEnd = leftEnd
      self.rightEnd = rightEnd
    }
  }

  /// Pictures of one kind.
  public struct Row: Equatable, Sendable {
    /// What stands above them: `Axial`.
    public let name: String
    /// What a pixel is: `voxel`.
    public let pixelName: String
    /// Whether the region is framed by a line.
    public let isOutlined: Bool
    /// From the left; more than six stand on several lines.
    public let panels: [Panel]

    /// Takes pictures.
    public init(
      _ name: String, pixelName: String = "pixel", isOutlined: Bool = false, panels: [Panel]
    ) {
      self.name = name
      self.pixelName = pixelName
      self.isOutlined = isOutlined
      self.panels = panels
    }
  }

  /// What the chart is called.
  public let heading: ChartHeading
  /// From the top; a row without pictures is not drawn.
  public let rows: [Row]
  /// What the colours mean.
  public let coloring: SliceColoring
  /// The names of the numbers of `parts`.
  public let partNames: [SliceColoring.Name]

  /// Takes the data.
  public init(
    _ heading: ChartHeading, rows: [Row], coloring: SliceColoring,
    partNames: [SliceColoring.Name] = []
  ) {
    self.heading = heading
    self.rows = rows.filter { !$0.panels.isEmpty }
    self.coloring = coloring
    self.partNames = partNames
  }

  /// The drawing of the pictures in a style. Where the letters leave no room for them, all is drawn
  /// smaller.
  public func figure(_ style: ChartStyle) -> Figure {
    let least = style.letters * 16
    guard style.canvasWidth < least else { return drawing(style).fitted(into: style) }
    let roomy =
      style.size.map { ChartStyle(size: FigureSize(width: least, height: $0.height), like: style) }
      ?? ChartStyle(width: least, like: style)
    return drawing(roomy).fitted(into: style)
  }

  private func drawing(_ style: ChartStyle) -> Figure {
    let colors = SliceColors(self, style: style)
    let layout = SliceLayout(
      self, legend: colors.legendHeight(width: style.canvasWidth), style: style)
    var sheet = Sheet(layout.canvas, style: style)
    for line in layout.lines {
      if let name = line.name {
        sheet.write(
          name, at: Point(layout.frame.x, line.nameY), room: layout.frame.width,
          Sheet.Lettering(size: style.smallLetters, isBold: true))
      }
      for cell in line.cells {
        sheet.group(title(cell.panel, of: rows[line.row])) { sheet in
          colors.draw(cell.panel, isOutlined: rows[line.row].isOutlined, in: cell.image, on: &sheet)
        }
        sheet.write(partNames, of: cell.panel.parts, in: cell.image)
        sheet.caption(cell.panel, below: cell.image, in: cell.frame)
      }
    }
    colors.drawLegend(in: layout.legend, on: &sheet)
    return sheet.figure(heading, saying: words)
  }
}

/// What the colours of pictures mean.
public enum SliceColoring: Equatable, Sendable {
  /// A number that has a name.
  public struct Name: Equatable, Sendable {
    /// The number in the pictures.
    public let value: Double
    /// What it stands for.
    public let name: String

    /// Takes a number and its name.
    public init(_ value: Double, _ name: String) {
      self.value = value
      self.name = name
    }
  }

  /// Ordered values in the colours of the style, with their name and unit. The range is that of the
  /// ends of the colours; without one they begin at zero. Where a value or the range is negative the
  /// colours are those with a middle, which lie evenly about zero.
  case scale(name: String, range: ClosedRange<Double>? = nil)
  /// Numbers that stand for names. Names with an order get the colours of the style; others colours that
  /// differ most, unless there are more names than such colours.
  case names(String, [Name], isOrdered: Bool)

  /// What is shown.
  public var name: String {
    switch self {
    case .scale(let name, _), .names(let name, _, _): name
    }
  }
}

extension Sheet {
  /// Writes the ends of a picture and its caption on one line below it.
  fileprivate mutating func caption(_ panel: SliceChart.Panel, below image: Frame, in cell: Frame) {
    let y = image.y + image.height + style.smallLetters * 0.85
    let ends = [panel.leftEnd, panel.rightEnd].map { style.width($0, isSmall: true) }
    let room = cell.width - ends[0] - ends[1] - style.smallLetters
    let lettering = Lettering(size: style.smallLetters, isBold: true)
    write(panel.leftEnd, at: Point(cell.x, y), room: cell.width / 3, lettering)
    write(
      panel.rightEnd, at: Point(cell.x + cell.width, y), room: cell.width / 3,
      Lettering(size: style.smallLetters, anchor: .end, isBold: true))
    let middle = cell.x + (cell.width + ends[0] - ends[1]) / 2
    write(panel.caption, at: Point(middle, y), room: max(room, 0), .note(style, .middle))
  }
}

extension ChartStyle {
  fileprivate init(size: FigureSize? = nil, width: Double? = nil, like other: ChartStyle) {
    self.init(size: size, width: width, fontSize: other.fontSize, palette: other.palette)
  }
}

extension Figure {
  /// The figure on the canvas of a style, all of it smaller if it is too wide or too high.
  fileprivate func fitted(into style: ChartStyle) -> Figure {
    let across = style.canvasWidth / size.width
    let canvas = style.canvas(height: size.height * across)
    let factor = min(1, across, canvas.height / size.height)
    guard factor < 1 || canvas != size else { return self }
    return Figure(
      name: name, title: title, description: description, size: canvas,
      marks: marks.map { $0.scaled(by: factor) })
  }
}

extension SliceChart {
  /// What a picture shows, for a pointer that rests on it and for screen readers.
  func title(_ panel: Panel, of row: Row) -> String {
    let place = [row.name.isolated, panel.caption.isolated].filter { !$0.isEmpty }
    return place.joined(separator: ", ") + ": " + summary([panel], row.pixelName)
  }

  /// What all pictures show.
  var words: String {
    guard !rows.isEmpty else { return "Nothing to show." }
    let kinds = rows.map { row in
      let captions = row.panels.map(\.caption.isolated).filter { !$0.isEmpty }
      return "\(row.name.isolated, or: "Row") (\(captions.joined(separator: ", "))): "
        + summary(row.panels, row.pixelName)
    }
    return "\(coloring.name.isolated, or: "Values"). " + kinds.joined(separator: "; ") + "."
  }

  private func summary(_ panels: [Panel], _ noun: String) -> String {
    let values = panels.flatMap(\.values.present)
    let regions = panels.map { ($0.region ?? $0.values).present.count }.reduce(0, +)
    let missing = max(0, regions - values.count)
    let without = missing > 0 ? ", \(missing) without a value" : ""
    guard let low = values.min(), let high = values.max() else { return "no values" + without }
    return String.count(values.count, noun) + ", " + coloring.summary(values, low, high) + without
  }
}

extension SliceColoring {
  fileprivate func summary(_ values: [Double], _ low: Double, _ high: Double) -> String {
    switch self {
    case .scale:
      let ends = [low, high].map { NumberText.short($0, digits: 3) }
      return ends[0] == ends[1] ? ends[0] : "\(ends[0]) to \(ends[1])"
    case .names(_, let names, _):
      let counts = Dictionary(values.map { ($0, 1) }, uniquingKeysWith: +)
      let known = names.compactMap { name in
        counts[name.value].map { "\(name.name.isolated) \($0)" }
      }
      let others = values.count - names.reduce(0) { $0 + (counts[$1.value] ?? 0) }
      let all = known.prefix(12) + (known.count > 12 ? ["…"] : [])
      return (all + (others > 0 ? ["without a name \(others)"] : [])).joined(separator: ", ")
    }
  }
}
