internal import Foundation

/// Writes a figure as SVG text.
struct SVGWriter {
  /// What the text is for.
  enum Purpose: Equatable {
    case file
    case page
    /// To be drawn by librsvg, which smears enlarged pixels: images are enlarged beforehand.
    case printing(dotsPerInch: Double)
  }

  let purpose: Purpose

  init(_ purpose: Purpose) { self.purpose = purpose }

  /// The whole document; it ends in a line end.
  func document(_ figure: Figure) -> String {
    let size = figure.size
    let (width, height) = (Self.number(size.width), Self.number(size.height))
    let identifiers = (title: "\(figure.name)-title", description: "\(figure.name)-description")
    var text = "<svg"
    text += Self.attribute("xmlns", "http://www.w3.org/2000/svg")
    text += Self.attribute("width", width + "pt") + Self.attribute("height", height + "pt")
    text += Self.attribute("viewBox", "0 0 \(width) \(height)")
    text += Self.attribute("role", "img")
    text += Self.attribute("aria-labelledby", identifiers.title)
    text += Self.attribute("aria-describedby", identifiers.description)
    text += Self.attribute("font-family", "'DejaVu Sans', 'Helvetica Neue', Arial, sans-serif")
    text += Self.attribute("text-rendering", "geometricPrecision")
    text += Self.attribute("stroke-linejoin", "round")
    // A picture has whole pixels, so its sides may be longer by a part of one.
    if case .printing = purpose { text += Self.attribute("preserveAspectRatio", "none") }
    if purpose == .page { text += Self.attribute("style", "max-width:100%;height:auto") }
    text += ">\n" + Self.element("title", id: identifiers.title, figure.title)
    text += Self.element("desc", id: identifiers.description, figure.description)
    text +=
      purpose == .page ? "" : "<rect width=\"\(width)\" height=\"\(height)\" fill=\"#ffffff\"/>\n"
    for mark in figure.marks { write(mark, to: &text) }
    return text + "</svg>\n"
  }

  private func write(_ mark: Mark, to text: inout String) {
    switch mark {
    case .path(let path, let fill, let stroke): write(path, fill, stroke, to: &text)
    case .text(let label): write(label, to: &text)
    case .image(let raster, let frame): write(raster, in: frame, to: &text)
    case .group(let marks, let title):
      text += "<g>"
      if let title, !title.isEmpty { text += "<title>\(title.escaped)</title>" }
      text += "\n"
      for mark in marks { write(mark, to: &text) }
      text += "</g>\n"
    }
  }

  private func write(_ path: Path, _ fill: Paint?, _ stroke: Stroke?, to text: inout String) {
    guard let outline = Self.outline(path), fill != nil || stroke != nil else { return }
    text += "<path" + Self.attribute("d", outline)
    text += fill.map { paint($0, as: "fill") } ?? Self.attribute("fill", "none")
    if let stroke {
      text += paint(stroke.paint, as: "stroke")
      text += Self.attribute("stroke-width", Self.number(stroke.width))
      if !stroke.dashes.isEmpty {
        let dashes = stroke.dashes.map { Self.number(max($0, 0)) }
        text += Self.attribute("stroke-dasharray", dashes.joined(separator: " "))
      }
    }
    text += "/>\n"
  }

  private func write(_ label: Label, to text: inout String) {
    let line = label.text.xmlText.oneLine
    guard Self.isDrawable([label.place]), Self.isDrawable(label.size), !line.isEmpty else { return }
    // Not every program knows to paint the line before the letters.
    if let halo = label.halo {
      text += start(of: label)
      text += paint(halo, as: "fill") + paint(halo, as: "stroke")
      text += Self.attribute("stroke-width", Self.number(label.size * 0.3))
      text += Self.attribute("aria-hidden", "true") + ">\(line.escaped)</text>\n"
    }
    text += start(of: label) + paint(label.paint, as: "fill") + ">\(line.escaped)</text>\n"
  }

  /// The element of a label without its paint.
  private func start(of label: Label) -> String {
    let (x, y) = (Self.number(label.place.x), Self.number(label.place.y))
    var text = "<text" + Self.attribute("x", x) + Self.attribute("y", y)
    text += Self.attribute("font-size", Self.number(label.size))
    switch label.anchor {
    case .start: break
    case .middle: text += Self.attribute("text-anchor", "middle")
    case .end: text += Self.attribute("text-anchor", "end")
    }
    if label.isBold { text += Self.attribute("font-weight", "bold") }
    if label.rotation != 0, Self.isDrawable(label.rotation) {
      text += Self.attribute("transform", "rotate(\(Self.number(label.rotation)) \(x) \(y))")
    }
    return text
  }

  private func write(_ raster: Raster, in frame: Frame, to text: inout String) {
    let corners = [Point(frame.x, frame.y), Point(frame.maxX, frame.maxY)]
    guard Self.isDrawable(corners), frame.width > 0, frame.height > 0, !raster.bytes.isEmpty else {
      return
    }
    let pixels = Data(raster.enlarged(by: enlargement(of: raster, in: frame)).png())
    text += "<image" + Self.attribute("x", Self.number(frame.x))
    text += Self.attribute("y", Self.number(frame.y))
    text += Self.attribute("width", Self.number(frame.width))
    text += Self.attribute("height", Self.number(frame.height))
    text += Self.attribute("preserveAspectRatio", "none")
    text += Self.attribute("style", "image-rendering:pixelated")
    text += Self.attribute("href", "data:image/png;base64," + pixels.base64EncodedString()) + "/>\n"
  }

  /// By how much pixels are to be enlarged to be as fine as those of the print; what would be larger
  /// than 32 million pixels stays coarser.
  private func enlargement(of raster: Raster, in frame: Frame) -> Int {
    guard case .printing(let dotsPerInch) = purpose else { return 1 }
    let wanted =
      max(
        frame.width / Double(raster.width), frame.height / Double(raster.height)) * dotsPerInch / 72
    let most = (32e6 / Double(raster.width * raster.height)).squareRoot()
    return max(Int(min(wanted.rounded(.up), most)), 1)
  }

  private func paint(_ paint: Paint, as name: String) -> String {
    switch paint {
    case .ink: Self.attribute(name, themed("--ink", "#1b1b1b"))
    case .faintInk: Self.attribute(name, themed("--faint-ink", "#5c5c5c"))
    case .rule: Self.attribute(name, themed("--rule", "#c8c8c8"))
    case .paper: Self.attribute(name, themed("--paper", "#ffffff"))
    case .field: Self.attribute(name, themed("--field", "#ededed"))
    case .color(let color, let opacity):
      Self.attribute(name, color.hex)
        + (opacity < 1 ? Self.attribute(name + "-opacity", Self.number(max(opacity, 0))) : "")
    }
  }

  private func themed(_ property: String, _ color: String) -> String {
    purpose == .page ? "var(\(property), \(color))" : color
  }
}

extension SVGWriter {
  /// The outline as SVG writes it; nil if it has a place that is not finite or does not begin with a
  /// move.
  private static func outline(_ path: Path) -> String? {
    guard case .move = path.pieces.first else { return nil }
    var text = ""
    for piece in path.pieces {
      let (letter, points): (String, [Point]) =
        switch piece {
        case .move(let point): ("M", [point])
        case .line(let point): ("L", [point])
        case .curve(let first, let second, let end): ("C", [first, second, end])
        case .close: ("Z", [])
        }
      guard isDrawable(points) else { return nil }
      text += letter
      text += points.map { "\(number($0.x)) \(number($0.y))" }.joined(separator: " ")
    }
    return text
  }

  private static func isDrawable(_ points: [Point]) -> Bool {
    points.allSatisfy { isDrawable($0.x) && isDrawable($0.y) }
  }

  /// Whether a length is finite and no larger than renderers can take.
  private static func isDrawable(_ length: Double) -> Bool { abs(length) < 1e6 }

  /// At most three decimals, without zeros at the end, the same in every language; 0 for what is not
  /// finite.
  static func number(_ number: Double) -> String {
    guard number.isFinite, abs(number) < 1e9 else { return "0" }
    let thousandths = Int((number * 1000).rounded())
    var text = String(abs(thousandths) / 1000)
    var rest = abs(thousandths) % 1000
    if rest > 0 {
      var digits = 3
      while rest % 10 == 0 { (rest, digits) = (rest / 10, digits - 1) }
      let decimals = String(rest)
      text += "." + String(repeating: "0", count: digits - decimals.count) + decimals
    }
    return (thousandths < 0 ? "-" : "") + text
  }

  private static func attribute(_ name: String, _ value: String) -> String {
    " \(name)=\"\(value.escaped)\""
  }

  private static func element(_ name: String, id: String, _ content: String) -> String {
    "<\(name)\(attribute("id", id))>\(content.escaped)</\(name)>\n"
  }
}
