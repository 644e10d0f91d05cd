/// Values in rows and columns that are drawn as a picture, a pixel each.
public struct PixelMatrix: Equatable, Sendable {
  /// Rows, from the top.
  public let rowCount: Int
  /// Columns, from the left.
  public let columnCount: Int
  /// A row at a time; NaN where there is nothing.
  public let values: [Double]

  /// Takes `rowCount · columnCount` values; traps on any other count.
  public init(rowCount: Int, columnCount: Int, values: [Double]) {
    precondition(values.count == rowCount * columnCount, "One value a pixel.")
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.values = values
  }

  /// The values that can be drawn.
  var present: [Double] { values.compactMap(\.drawable) }

  /// Pixels of the colours of the values; those without a colour can be seen through.
  func raster(_ color: (Double) -> Color?) -> Raster {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(4 * values.count)
    for value in values {
      guard let color = color(value) else {
        bytes += [0, 0, 0, 0]
        continue
      }
      let parts = color.bytes
      bytes += [parts.red, parts.green, parts.blue, 255]
    }
    return Raster(width: columnCount, height: rowCount, bytes: bytes)
  }
}

extension PixelMatrix {
  /// The edges between pixels with and without a value, drawn into a frame.
  ///
  /// Edges in one line are one piece.
  func outline(in frame: Frame) -> Path {
    func isInside(_ row: Int, _ column: Int) -> Bool {
      (0..<rowCount).contains(row) && (0..<columnCount).contains(column)
        && !values[row * columnCount + column].isNaN
    }
    let (width, height) = (frame.width / Double(columnCount), frame.height / Double(rowCount))
    func point(_ row: Int, _ column: Int) -> Point {
      Point(frame.x + Double(column) * width, frame.y + Double(row) * height)
    }
    var pieces: [Path.Piece] = []
    for row in 0...rowCount {
      for run in Self.runs(columnCount, where: { isInside(row - 1, $0) != isInside(row, $0) }) {
        pieces += [.move(point(row, run.lowerBound)), .line(point(row, run.upperBound))]
      }
    }
    for column in 0...columnCount {
      let runs = Self.runs(rowCount) { isInside($0, column - 1) != isInside($0, column) }
      for run in runs {
        pieces += [.move(point(run.lowerBound, column)), .line(point(run.upperBound, column))]
      }
    }
    return Path(pieces)
  }

  /// The ranges of indices that hold something.
  private static func runs(_ count: Int, where holds: (Int) -> Bool) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for index in 0..<count where holds(index) {
      if let last = runs.last, last.upperBound == index {
        runs[runs.count - 1] = last.lowerBound..<(index + 1)
      } else {
        runs.append(index..<(index + 1))
      }
    }
    return runs
  }
}
