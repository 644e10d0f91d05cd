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

extension Raster {
  /// The pixels as a PNG file; equal rasters make equal bytes.
  ///
  /// Traps on a raster without pixels.
  ///
  /// - Parameter dotsPerInch: how large the picture is in print; nil leaves that open.
  func png(dotsPerInch: Int? = nil) -> [UInt8] {
    precondition(width > 0 && height > 0, "A PNG has pixels.")
    let isOpaque = stride(from: 3, to: bytes.count, by: 4).allSatisfy { bytes[$0] == 255 }
    // Eight bits a part; colour with (6) or without (2) opacity.
    let header = Self.bigEndian(UInt32(width)) + Self.bigEndian(UInt32(height))
    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    file += Self.chunk("IHDR", header + [8, isOpaque ? 2 : 6, 0, 0, 0])
    if let dotsPerInch {
      // PNG has no larger number.
      let dotsPerMeter = min((Double(dotsPerInch) / 0.0254).rounded(), 0x7FFF_FFFF)
      let perMeter = Self.bigEndian(UInt32(dotsPerMeter))
      file += Self.chunk("pHYs", perMeter + perMeter + [1])
    }
    file += Self.chunk("IDAT", Drawing.deflated(filtered(partCount: isOpaque ? 3 : 4)))
    return file + Self.chunk("IEND", [])
  }

  /// The rows as differences from the row above (filter 2), each part modulo 256: what repeats is 0.
  private func filtered(partCount: Int) -> [UInt8] {
    var rows: [UInt8] = []
    rows.reserveCapacity(height * (1 + partCount * width))
    for row in 0..<height {
      rows.append(2)
      for pixel in (row * width)..<((row + 1) * width) {
        for part in (4 * pixel)..<(4 * pixel + partCount) {
          rows.append(row == 0 ? bytes[part] : bytes[part] &- bytes[part - 4 * width])
        }
      }
    }
    return rows
  }

  /// Every pixel as a square of `factor` times `factor`.
  func enlarged(by factor: Int) -> Raster {
    guard factor > 1 else { return self }
    var larger: [UInt8] = []
    larger.reserveCapacity(bytes.count * factor * factor)
    for row in 0..<height {
      let pixels = (4 * row * width)..<(4 * (row + 1) * width)
      let line = stride(from: pixels.lowerBound, to: pixels.upperBound, by: 4).flatMap { start in
        repeatElement(bytes[start..<(start + 4)], count: factor).joined()
      }
      for _ in 0..<factor { larger += line }
    }
    return Raster(width: factor * width, height: factor * height, bytes: larger)
  }

  private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
    let checked = Array(name.utf8) + content
    return bigEndian(UInt32(content.count)) + checked + bigEndian(Drawing.checksum(checked))
  }

  private static func bigEndian(_ number: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }
}
