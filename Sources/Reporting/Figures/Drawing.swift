import ChiasmCDrawing

/// The drawing library: SVG text to PDF bytes or pixels, its fonts, and the compression of PNG.
enum Drawing {
  /// A refusal in the library's own words.
  struct Problem: Error {
    let words: String
  }

  /// A PDF of one page of a size in points.
  static func pdf(
    _ svg: String, size: FigureSize, title: String
  ) throws(Problem) -> [UInt8] {
    let svg = Array(svg.utf8)
    return try reporting { problem in
      take(cdrawing_pdf(svg, Int64(svg.count), size.width, size.height, title, problem))
    }
  }

  /// The document as pixels, stretched over a width and a height.
  static func pixels(_ svg: String, width: Int, height: Int) throws(Problem) -> Raster {
    let svg = Array(svg.utf8)
    let bytes = try reporting { problem in
      var failure: Int32 = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: 4 * width * height) { buffer, count in
        failure = cdrawing_pixels(
          svg, Int64(svg.count), Int32(width), Int32(height), buffer.baseAddress, problem)
        count = failure == 0 ? buffer.count : 0
      }
      return failure == 0 ? bytes : nil
    }
    return Raster(width: width, height: height, bytes: bytes)
  }

  /// Those of the letters that no installed font has: a box is drawn for each.
  static func lettersWithoutFont(_ letters: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var codes = letters.map(\.value)
    let count = cdrawing_letters_without_font(&codes, Int64(codes.count))
    return codes.prefix(Int(count)).compactMap(Unicode.Scalar.init)
  }

  /// The bytes as a zlib stream, equal for equal bytes.
  static func deflated(_ bytes: [UInt8]) -> [UInt8] {
    let stream = take(cdrawing_deflate(bytes, Int64(bytes.count)))
    precondition(stream != nil, "Memory for \(bytes.count) bytes.")
    return stream ?? []
  }

  /// The checksum of PNG's chunks.
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    cdrawing_checksum(bytes, Int64(bytes.count))
  }

  /// The bytes that C made, which are freed; nil for nil.
  private static func take(_ bytes: OpaquePointer?) -> [UInt8]? {
    guard let bytes else { return nil }
    defer { cdrawing_bytes_free(bytes) }
    return Array(
      UnsafeRawBufferPointer(
        start: cdrawing_bytes_start(bytes), count: Int(cdrawing_bytes_count(bytes))))
  }

  /// Gives a function room for its problem; nil from it is thrown as that.
  private static func reporting(
    _ make: (UnsafeMutablePointer<CChar>?) -> [UInt8]?
  ) throws(Problem) -> [UInt8] {
    var words = [CChar](repeating: 0, count: Int(CDRAWING_PROBLEM_SIZE))
    guard let bytes = words.withUnsafeMutableBufferPointer({ make($0.baseAddress) }) else {
      let text = words.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      throw Problem(words: String(decoding: text, as: UTF8.self))
    }
    return bytes
  }
}
