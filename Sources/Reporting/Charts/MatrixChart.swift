/// Values of rows against columns, as colours with their numbers printed.
///
/// Numbers are left out where cells are too small for them; every cell tells its value to a pointer.
/// The colours begin at zero if no value is negative, and at the least value otherwise; those of a
/// palette with a middle have zero there.
public struct MatrixChart: Chart {
  /// A value and what is to be said of it.
  public struct Cell: Equatable, Sendable {
    /// Nil and what is not finite are hatched.
    public let value: Double?
    /// Whether it stands out by a frame, such as a known answer.
    public let isOutlined: Bool
    /// What is said after the names and the value, such as an interval.
    public let note: String?

    /// Takes a value.
    public init(_ value: Double?, isOutlined: Bool = false, note: String? = nil) {
      self.value = value
      self.isOutlined = isOutlined
      self.note = note
    }
  }

  /// What the chart is called.
  public let heading: ChartHeading
  /// The names of the rows, from the top.
  public let rows: [String]
  /// The names of the columns, from the left.
  public let columns: [String]
  /// The cells of each row.
  public let cells: [[Cell]]
  /// What the values are, beside the colours.
  public let valueName: String
  /// How many decimals are printed.
  public let decimals: Int
  /// What an outlined cell is, said in its title.
  public let outlineName: String

  /// Takes the data; traps unless there is a cell for every row and column.
  public init(
    _ heading: ChartHeading, rows: [String], columns: [String], cells: [[Cell]],
    valueName: String, decimals: Int = 2, outlineName: String = "outlined"
  ) {
    precondition(
      cells.count == rows.count && cells.allSatisfy { $0.count == columns.count },
      "A cell for every row and column.")
    self.heading = heading
    self.rows = rows
    self.columns = columns
    self.cells = cells
    self.valueName = valueName
    self.decimals = decimals
    self.outlineName = outlineName
  }

  /// The drawing of the values in a style.
  public func figure(_ style: ChartStyle) -> Figure {
    let layout = MatrixLayout(self, style: style)
    var sheet = Sheet(layout.canvas, style: style)
    for row in rows.indices {
      for column in columns.indices {
        draw(cells[row][column], row, column, layout, on: &sheet)
      }
    }
    // Frames lie over the cells beside them.
    for row in rows.indices {
      for column in columns.indices where cells[row][column].isOutlined {
        sheet.add(.rectangle(layout.cell(row, column), stroke: Stroke(.ink, width: 1.5)))
      }
    }
    layout.drawNames(of: self, on: &sheet)
    if !layout.isEmpty { layout.drawColors(of: self, on: &sheet) }
    return sheet.figure(heading, saying: words)
  }

  private func draw(
    _ cell: Cell, _ row: Int, _ column: Int, _ layout: MatrixLayout, on sheet: inout Sheet
  ) {
    let frame = layout.cell(row, column)
    sheet.group(title(cell, row, column)) { sheet in
      guard let value = cell.value?.drawable else {
        sheet.hatch(frame)
        return
      }
      let color = layout.color(value)
      let isLarge = min(frame.width, frame.height) > 6
      sheet.add(
        .rectangle(
          frame, fill: .color(color), stroke: isLarge ? Stroke(.paper, width: 0.5) : nil))
      guard let letters = layout.numbers else { return }
      sheet.write(
        letters.text(value), at: frame.center,
        Sheet.Lettering(size: letters.size, anchor: .middle, paint: .color(Color.ink(on: color))))
    }
  }

  private func title(_ cell: Cell, _ row: Int, _ column: Int) -> String {
    let value = NumberText.fixed(cell.value?.drawable, decimals: decimals)
    let marks = (cell.isOutlined ? [outlineName] : []) + [cell.note].compactMap(\.self)
    return "\(rows[row].isolated, or: "row \(row + 1)"), "
      + "\(columns[column].isolated, or: "column \(column + 1)"): "
      + ([value] + marks.map(\.flattened)).joined(separator: ", ")
  }

  /// What is seen: how many there are, and where each row is highest.
  private var words: String {
    let size =
      "\(valueName.flattened, or: "Values") of \(String.count(rows.count, "row")) "
      + "against \(String.count(columns.count, "column"))."
    let values = cells.joined().compactMap { $0.value?.drawable }
    guard let low = values.min(), let high = values.max() else { return size + " No values." }
    let peaks = rows.indices.prefix(24).compactMap { row -> String? in
      let row = (name: rows[row], values: cells[row].map { $0.value?.drawable ?? -.infinity })
      guard let peak = row.values.max(), peak.isFinite,
        let place = row.values.firstIndex(of: peak)
      else { return nil }
      return "\(row.name.isolated): \(columns[place].isolated) "
        + "(\(NumberText.fixed(peak, decimals: decimals)))"
    }
    let missing = rows.count * columns.count - values.count
    return size + " From \(NumberText.fixed(low, decimals: decimals)) to "
      + "\(NumberText.fixed(high, decimals: decimals))"
      + (missing > 0 ? "; \(missing) missing." : ".") + " Highest in each row: "
      + peaks.joined(separator: ", ") + "."
  }
}
