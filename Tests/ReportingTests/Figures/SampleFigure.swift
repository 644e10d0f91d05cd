@testable import ChiasmReporting

/// A figure with every kind of mark.
enum SampleFigure {
  static let hostileNames = [
    "<script>alert('1')</script> & \"quotes\"", "]]> --> &amp; <![CDATA[", "שלום עולם",
    "אזור V1 (left)",
    "\u{202E}turned round", "脳 🧠 e\u{301}", "line\nend\tand tab",
    "null\u{0}bell\u{7}\u{FFFE}\u{85}",
    String(repeating: "very long ", count: 20), "", "\\ % {} $(x) `y`",
  ]

  static func figure(
    name: String = "sample", title: String = "A sample of all marks", note: String = "V1 & V2 < IT"
  ) -> Figure {
    let size = FigureSize(width: 252, height: 200)
    let plot = Frame(x: 40, y: 10, width: 90, height: 90)
    let points = (0...20).map { number in
      let part = Double(number) / 20
      return Point(plot.x + part * plot.width, plot.maxY - part * part * plot.height)
    }
    return Figure(
      name: name, title: title, description: "A line, a band, pixels and words: \(note)",
      size: size,
      marks: [
        .path(
          .lines([Point(plot.x, plot.maxY), Point(plot.maxX, plot.maxY)]),
          stroke: Stroke(.faintInk)),
        .text(Label("held-out score", at: Point(85, 122), size: 9, anchor: .middle)),
        .text(Label("depth", at: Point(20, 55), size: 9, anchor: .middle, rotation: -90)),
        .path(.lines(points), stroke: Stroke(.color(Color.category(0)), width: 1.5)),
        .path(.rectangle(plot), stroke: Stroke(.rule, dashes: [2, 2])),
        .group(
          [
            .path(
              .circle(center: plot.center, radius: 12),
              fill: .color(Color.category(1), opacity: 0.4), stroke: Stroke(.ink))
          ], title: "A circle: \(note)"),
        .path(.rectangle(Frame(x: 148, y: 8, width: 84, height: 44)), fill: .field),
        .image(ramp(.viridis), Frame(x: 150, y: 10, width: 80, height: 40)),
        .image(ramp(.blueRed), Frame(x: 150, y: 60, width: 80, height: 40)),
        .path(
          Path([
            .move(Point(150, 115)), .curve(Point(190, 115), Point(190, 150), to: Point(230, 150)),
            .line(Point(230, 160)), .curve(Point(190, 160), Point(190, 125), to: Point(150, 125)),
            .close,
          ]), fill: .color(Color.category(2), opacity: 0.5)),
        .text(Label(note, at: Point(20, 165), size: 9)),
        .text(Label("bold, at its end", at: Point(232, 180), size: 9, anchor: .end, isBold: true)),
        .text(Label("ρ = 0.53 ± 0.02", at: Point(20, 180), size: 8, paint: .faintInk)),
        .text(Label("turned", at: Point(242, 100), size: 8, rotation: 90)),
      ])
  }

  /// Eight pixels by four; the last row is see-through.
  private static func ramp(_ map: ColorMap) -> Raster {
    let bytes = (0..<32).flatMap { number -> [UInt8] in
      let color = map.color(Double(number % 8) / 7).bytes
      return [color.red, color.green, color.blue, number / 8 == 3 ? 64 : 255]
    }
    return Raster(width: 8, height: 4, bytes: bytes)
  }
}
