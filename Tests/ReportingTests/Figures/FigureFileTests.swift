import Foundation
import Testing

@testable import ChiasmReporting

@Suite("Figures as PDF")
struct FigurePDFTests {
  @Test("A PDF has one page of the figure's size, no date, and is the same each time")
  func pdf() throws {
    let bytes = try SampleFigure.figure().pdf()
    let text = String(decoding: bytes, as: Unicode.ASCII.self)
    #expect(text.hasPrefix("%PDF-1."))
    #expect(text.suffix(8).contains("%%EOF"))
    #expect(!text.contains("CreationDate"))
    #expect(try SampleFigure.figure().pdf() == bytes)
    #expect(try SampleFigure.figure(note: "another").pdf() != bytes)
  }

  @Test(
    "The words of a PDF are words, and its title is the figure's",
    .enabled(if: Tool("pdftotext") != nil, "pdftotext is not installed"))
  func words() throws {
    let text = try Self.output(of: "pdftotext")
    for word in ["V1 & V2 < IT", "ρ = 0.53 ± 0.02", "bold, at its end", "held-out score", "turned"]
    {
      #expect(text.contains(word), "\(text)")
    }
  }

  @Test(
    "A PDF names its title and has the size of the figure",
    .enabled(if: Tool("pdfinfo") != nil, "pdfinfo is not installed"))
  func title() throws {
    let text = try Self.output(of: "pdfinfo")
    #expect(text.contains(#/Title: +A sample of all marks/#))
    #expect(text.contains(#/Page size: +252 x 200 pts/#))
    #expect(text.contains(#/Pages: +1\n/#))
    #expect(!text.contains("CreationDate"))
  }

  /// What a program of poppler says of the sample.
  private static func output(of name: String) throws -> String {
    let folder = FileManager.default.temporaryDirectory
    let file = folder.appending(path: "figure-\(UUID().uuidString).pdf")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(SampleFigure.figure().pdf()).write(to: file)
    let arguments = name == "pdftotext" ? ["-layout", file.path, "-"] : [file.path]
    return try #require(Tool(name)).output(arguments)
  }
}

@Suite("Figures as PNG")
struct FigurePNGTests {
  @Test("A PNG has the pixels and says the dots per inch", arguments: [72, 100, 300])
  func sizes(_ dotsPerInch: Int) throws {
    let png = try ParsedPNG(SampleFigure.figure().png(dotsPerInch: dotsPerInch))
    #expect(png.chunks.map(\.name) == ["IHDR", "pHYs", "IDAT", "IEND"])
    #expect(png.width == 252 * dotsPerInch / 72)
    #expect(abs(png.height - 200 * dotsPerInch / 72) <= 1)
    // Eight bits of red, green and blue: white lies under everything.
    #expect(png.header == [8, 2, 0, 0, 0])
    #expect(abs(Double(png.perMeter ?? 0) * 0.0254 - Double(dotsPerInch)) < 0.02)
  }

  @Test("The same figure makes the same bytes")
  func sameBytes() throws {
    #expect(
      try SampleFigure.figure().png(dotsPerInch: 60) == SampleFigure.figure().png(dotsPerInch: 60))
  }

  @Test("Enlarged pixels stay sharp: only the colours of the raster are drawn")
  func pixelsStaySharp() throws {
    let raster = Raster(
      width: 2, height: 1, bytes: [200, 30, 30, 255, 30, 30, 200, 255])
    let figure = Figure(
      name: "two", title: "Two pixels", description: "Two pixels.",
      size: FigureSize(width: 20, height: 10),
      marks: [.image(raster, Frame(x: 0, y: 0, width: 20, height: 10))])
    let svg = SVGWriter(.printing(dotsPerInch: 144)).document(figure)
    let drawn = try Drawing.pixels(svg, width: 40, height: 20)
    for row in 0..<20 {
      for column in 0..<40 {
        let pixel = Array(drawn.bytes[(4 * (40 * row + column))...].prefix(4))
        #expect(
          pixel == Array(raster.bytes[(column < 20 ? 0 : 4)...].prefix(4)), "\(row) \(column)")
      }
    }
  }

  @Test("A picture of too many pixels is refused with its size")
  func tooManyPixels() throws {
    let expected = ReportingError.tooManyPixels(figure: "sample", width: 35000, height: 27778)
    #expect(throws: expected) { try SampleFigure.figure().png(dotsPerInch: 10000) }
    #expect(expected.description.contains("35000 × 27778 pixels"))
    #expect(throws: ReportingError.self) { try SampleFigure.figure().png(dotsPerInch: .max) }
  }

  @Test("A raster of every opacity keeps it, an opaque one has none")
  func opacity() throws {
    let clear = Raster(width: 1, height: 2, bytes: [9, 8, 7, 0, 1, 2, 3, 255])
    #expect(try ParsedPNG(clear.png()).header == [8, 6, 0, 0, 0])
    let opaque = Raster(width: 1, height: 1, bytes: [9, 8, 7, 255])
    #expect(try ParsedPNG(opaque.png()).header == [8, 2, 0, 0, 0])
    #expect(try ParsedPNG(opaque.png()).chunks.map(\.name) == ["IHDR", "IDAT", "IEND"])
  }

  @Test("A raster comes back through its PNG", arguments: [false, true])
  func comesBack(_ isOpaque: Bool) throws {
    // A clear pixel is black, because colours are multiplied by their opacity on the way.
    let bytes = (0..<15).flatMap { pixel -> [UInt8] in
      let value = UInt8(pixel * 17)
      return isOpaque || pixel % 2 == 0 ? [value, 255 - value, 77, 255] : [0, 0, 0, 0]
    }
    let raster = Raster(width: 5, height: 3, bytes: bytes)
    let figure = Figure(
      name: "raster", title: "A raster", description: "A raster.",
      size: FigureSize(width: 5, height: 3),
      marks: [.image(raster, Frame(x: 0, y: 0, width: 5, height: 3))])
    // Without the white of a file.
    let svg = SVGWriter(.page).document(figure)
    #expect(try Drawing.pixels(svg, width: 5, height: 3) == raster)
  }
}

@Suite("Unsafe calls of the drawing library")
struct UnsafeDrawingTests {
  @Test("Letters that no font has are told, and spaces and marks are no letters")
  func lettersWithoutFont() throws {
    let private1 = "\u{10FFFD}", private2 = "\u{F8FE}"
    let figure = SampleFigure.figure(note: "V1 \(private1)\t\u{200D}\u{FE0F}\(private2)\(private1)")
    #expect(figure.lettersWithoutFont.map { String($0) } == [private2, private1])
    #expect(try figure.png(dotsPerInch: 50).count > 1000)
    #expect(SampleFigure.figure().lettersWithoutFont.isEmpty)
    #expect(Drawing.lettersWithoutFont([]).isEmpty)
  }

  @Test(
    "What is no SVG is refused in words",
    arguments: ["", "<", "<svg", "no SVG", "<html></html>", String(repeating: "<g>", count: 1000)])
  func refused(_ text: String) {
    for draw in [Self.pdf, Self.pixels] {
      #expect { try draw(text) } throws: { error in
        (error as? Drawing.Problem)?.words.isEmpty == false
      }
    }
  }

  @Test("A name is told with what was wrong, and long words are cut")
  func error() {
    let problem = String(repeating: "x", count: 1000) + "\u{1B}"
    let error = ReportingError.notDrawn(figure: "matrix", problem: problem)
    #expect(error.description.contains("matrix"))
    #expect(!error.description.contains("\u{1B}"))
  }

  @Test("Figures are drawn on many threads at once, the same on each")
  func threads() async throws {
    let expected = try SampleFigure.figure().pdf()
    try await withThrowingTaskGroup(of: [UInt8].self) { group in
      for _ in 0..<8 { group.addTask { try SampleFigure.figure().pdf() } }
      for try await bytes in group { #expect(bytes == expected) }
    }
  }

  private static func pdf(_ text: String) throws {
    _ = try Drawing.pdf(text, size: FigureSize(width: 9, height: 9), title: "")
  }

  private static func pixels(_ text: String) throws {
    _ = try Drawing.pixels(text, width: 9, height: 9)
  }
}
