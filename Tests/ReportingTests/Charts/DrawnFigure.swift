@testable import ChiasmReporting

/// What can be measured of a figure.
struct DrawnFigure {
  /// A label with the box that its letters take.
  struct Text {
    let label: Label
    let left: Double
    let right: Double
    let top: Double
    let bottom: Double
  }

  private(set) var texts: [Text] = []
  private(set) var paths: [(path: Path, fill: Paint?, stroke: Stroke?, titles: [String])] = []
  private(set) var images: [Frame] = []
  private(set) var titles: [String] = []

  init(_ figure: Figure) { figure.marks.forEach { add($0, titles: []) } }

  private mutating func add(_ mark: Mark, titles: [String]) {
    switch mark {
    case .path(let path, let fill, let stroke): paths.append((path, fill, stroke, titles))
    case .text(let label): texts.append(Self.text(label))
    case .image(_, let frame): images.append(frame)
    case .group(let marks, let title):
      self.titles += [title].compactMap(\.self)
      marks.forEach { add($0, titles: titles + [title].compactMap(\.self)) }
    }
  }

  private static func text(_ label: Label) -> Text {
    let width = TextMeasure.width(of: label.text, size: label.size, isBold: label.isBold)
    let before: Double =
      switch label.anchor {
      case .start: 0
      case .middle: width / 2
      case .end: width
      }
    let (x, y) = (label.place.x, label.place.y)
    // Capitals of DejaVu Sans are 0.73 of the size high.
    let (above, below) = (0.73 * label.size, 0.2 * label.size)
    return label.rotation == 0
      ? Text(
        label: label, left: x - before, right: x - before + width, top: y - above,
        bottom: y + below)
      : Text(
        label: label, left: x - above, right: x + below, top: y + before - width,
        bottom: y + before)
  }

  /// Every place that a shape goes through or is drawn towards.
  var points: [Point] {
    paths.flatMap { Self.points($0.path) }
      + images.flatMap { [Point($0.x, $0.y), Point($0.maxX, $0.maxY)] }
  }

  static func points(_ path: Path) -> [Point] {
    path.pieces.flatMap { piece -> [Point] in
      switch piece {
      case .move(let point), .line(let point): [point]
      case .curve(let first, let second, let end): [first, second, end]
      case .close: []
      }
    }
  }

  /// The paths that belong to a title with a certain start.
  func paths(titled start: String) -> [Path] {
    paths.filter { $0.titles.contains { $0.hasPrefix(start) } }.map(\.path)
  }

  /// The box around a path.
  static func frame(_ path: Path) -> Frame {
    let points = points(path)
    let (xs, ys) = (points.map(\.x), points.map(\.y))
    let (x, y) = (xs.min() ?? .nan, ys.min() ?? .nan)
    return Frame(x: x, y: y, width: (xs.max() ?? .nan) - x, height: (ys.max() ?? .nan) - y)
  }
}
