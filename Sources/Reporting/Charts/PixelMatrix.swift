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
