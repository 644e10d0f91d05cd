/// A finished drawing: marks on a canvas, with the words for those who do not see it. It knows neither
/// what its numbers mean nor how it will be stored; every exporter draws the same marks.
///
/// Lengths are points (1/72 inch); x goes right, y goes down, the origin is the upper left corner.
public struct Figure: Equatable, Sendable {
  /// A short word for files and anchors, `a-z`, digits and `-` only: `coupling-matrix`.
  public let name: String
  /// What is shown, one line.
  public let title: String
  /// What is to be seen in it, for screen readers and as the words beside the picture.
  public let description: String
  /// The canvas.
  public let size: FigureSize
  /// What is drawn, the first at the bottom.
  public let marks: [Mark]

  /// Takes the marks of a drawing.
  public init(
    name: String, title: String, description: String, size: FigureSize, marks: [Mark]
  ) {
    self.name = name
    self.title = title
    self.description = description
    self.size = size
    self.marks = marks
  }
}

/// Width and height of a canvas in points.
public struct FigureSize: Equatable, Sendable {
  /// The width in points.
  public let width: Double
  /// The height in points.
  public let height: Double

  /// Takes width and height in points; traps unless both are finite and above 0.
  public init(width: Double, height: Double) {
    precondition(
      width > 0 && height > 0 && width.isFinite && height.isFinite, "A canvas has an area.")
    self.width = width
    self.height = height
  }
}

extension Figure {
  /// Where an SVG document is to stand.
  public enum Place: Equatable, Sendable {
    /// A file of its own: plain colours on white, a size in points.
    case file
    /// Inside an HTML page: no wider than the page, in the colours that the page sets.
    case page
  }

  /// The figure as SVG text; equal figures make equal text.
  ///
  /// The title and the description are what screen readers read out. Text stays text, in the fonts
  /// DejaVu Sans, Helvetica Neue or Arial. What XML does not allow in a text becomes U+FFFD. On a page
  /// the colours are the custom properties `--ink`, `--faint-ink`, `--rule`, `--paper` and `--field`, and the
  /// identifiers begin with the name of the figure, so that several figures go together.
  public func svg(for place: Place = .file) -> String {
    SVGWriter(place == .file ? .file : .page).document(self)
  }

  /// The figure as a PDF of one page, letters as letters, without a date: equal figures make equal
  /// bytes.
  ///
  /// Throws `ReportingError.noFont` without any usable font, and `ReportingError.notDrawn` if the
  /// drawing library refuses.
  public func pdf() throws(ReportingError) -> [UInt8] {
    try requireFonts()
    let svg = SVGWriter(.printing(dotsPerInch: 300)).document(self)
    do {
      return try Drawing.pdf(svg, size: size, title: title.xmlText)
    } catch {
      throw .notDrawn(figure: name, problem: error.words)
    }
  }

  /// The figure as a PNG file, on white.
  ///
  /// Throws `ReportingError.tooManyPixels` if a side would be longer than 32767 pixels or the whole
  /// larger than 200 million, `ReportingError.noFont` without any usable font, and
  /// `ReportingError.notDrawn` if the drawing library refuses. Traps unless `dotsPerInch` is above 0.
  ///
  /// - Parameter dotsPerInch: pixels for 72 points of the figure; the file says it.
  public func png(dotsPerInch: Int = 300) throws(ReportingError) -> [UInt8] {
    precondition(dotsPerInch > 0, "A picture has dots.")
    let pixels = (width: pixels(size.width, dotsPerInch), height: pixels(size.height, dotsPerInch))
    guard max(pixels.width, pixels.height) <= 32767, pixels.width * pixels.height <= 2e8 else {
      throw .tooManyPixels(figure: name, width: pixels.width, height: pixels.height)
    }
    try requireFonts()
    let svg = SVGWriter(.printing(dotsPerInch: Double(dotsPerInch))).document(self)
    do {
      return try Drawing.pixels(svg, width: Int(pixels.width), height: Int(pixels.height))
        .png(dotsPerInch: dotsPerInch)
    } catch {
      throw .notDrawn(figure: name, problem: error.words)
    }
  }

  /// The letters that are boxes in PDF and PNG, because no installed font has them; sorted.
  public var lettersWithoutFont: [Unicode.Scalar] {
    Drawing.lettersWithoutFont(Set(marks.flatMap(\.letters)).sorted())
  }

  private func requireFonts() throws(ReportingError) {
    if lettersWithoutFont.contains(where: \.isASCII) { throw .noFont(figure: name) }
  }

  private func pixels(_ length: Double, _ dotsPerInch: Int) -> Double {
    max((length * Double(dotsPerInch) / 72).rounded(), 1)
  }
}
