/// Pixels of four bytes, red, green, blue, opacity (not premultiplied), a row at a time from the top.
public struct Raster: Equatable, Sendable {
  /// Pixels in a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// The pixels, `4 · width · height` bytes.
  public let bytes: [UInt8]

  /// Traps if there are not `4 · width · height` bytes.
  public init(width: Int, height: Int, bytes: [UInt8]) {
    precondition(bytes.count == 4 * width * height, "Four bytes a pixel.")
    self.width = width
    self.height = height
    self.bytes = bytes
  }
}
