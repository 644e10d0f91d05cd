/// The values of a plane as they are looked at: a row at a time from the top, each from the left.
public struct PlaneImage: Equatable, Sendable {
  /// Which plane, and so what is right and up.
  public let plane: SlicePlane
  /// Pixels from top to bottom.
  public let rowCount: Int
  /// Pixels from left to right.
  public let columnCount: Int
  /// One value a pixel; NaN where there is none.
  public let values: [Double]
  /// Millimetres from pixel to pixel along a row.
  public let pixelWidth: Double
  /// Millimetres from row to row.
  public let pixelHeight: Double

  /// Takes `rowCount · columnCount` values; traps on any other count.
  public init(
    plane: SlicePlane, rowCount: Int, columnCount: Int, values: [Double], pixelWidth: Double,
    pixelHeight: Double
  ) {
    precondition(values.count == rowCount * columnCount, "One value a pixel.")
    self.plane = plane
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.values = values
    self.pixelWidth = pixelWidth
    self.pixelHeight = pixelHeight
  }

  /// The value at a row from the top and a column from the left.
  public subscript(row: Int, column: Int) -> Double { values[row * columnCount + column] }

  /// Width in mm.
  public var width: Double { pixelWidth * Double(columnCount) }

  /// Height in mm.
  public var height: Double { pixelHeight * Double(rowCount) }

  /// The number of pixels with a value.
  public var valueCount: Int { values.count { !$0.isNaN } }
}
