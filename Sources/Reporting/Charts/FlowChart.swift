internal import ChiasmStatistics

/// How much of each thing on the left goes to each thing on the right: ribbons whose widths are weights
/// (a Sankey diagram). Both sides fill the same height, and things stand in the order given.
///
/// A ribbon has the colour of its right end. Ribbons thinner than half a point are drawn as a line of
/// that width, so that they are seen; those below half a per cent of the whole are left out, and their
/// room at the ends stays empty.
public struct FlowChart: Chart {
  /// A weight from left to right.
  public struct Link: Equatable, Sendable {
    /// The place of the left end in its list.
    public let left: Int
    /// The place of the right end in its list.
    public let right: Int
    /// Weights that are not finite and above zero are not drawn.
    public let weight: Double
    /// What is said of the ribbon; nil says its ends and its weight.
    public let tooltip: String?

    /// Takes a weight between two ends.
    public init(left: Int, right: Int, weight: Double, tooltip: String? = nil) {
      self.left = left
      self.right = right
      self.weight = weight
      self.tooltip = tooltip
    }
  }

  /// What the chart is called.
  public let heading: ChartHeading
  /// The names on the left, from the top.
  public let left: [String]
  /// The names on the right, from the top.
  public let right: [String]
  /// What goes from left to right.
  public let links: [Link]
  /// What the things on the left are, written above them.
  public let leftName: String
  /// What the things on the right are, written above them.
  public let rightName: String
  /// Links of less than this share of all weights are left out.
  static let leastShare = 0.005

  /// Takes the data; traps on a link whose ends are not in the lists.
  public init(
    _ heading: ChartHeading, left: [String], right: [String], links: [Link],
    leftName: String = "", rightName: String = ""
  ) {
    precondition(
      links.allSatisfy { left.indices.contains($0.left) && right.indices.contains($0.right) },
      "A link joins things of both lists.")
    self.heading = heading
    self.left = left
    self.right = right
    self.links = links
    self.leftName = leftName
    self.rightName = rightName
  }

  /// The drawing of the links in a style.
  public func figure(_ style: ChartStyle) -> Figure {
    let layout = FlowLayout(self, style: style)
    var sheet = Sheet(layout.canvas, style: style)
    // Thin ribbons lie over broad ones.
    for ribbon in layout.ribbons.sorted(by: { ($0.width, $1.place) > ($1.width, $0.place) }) {
      draw(ribbon, layout, on: &sheet)
    }
    layout.drawNodes(of: self, on: &sheet)
    return sheet.figure(heading, saying: words(layout))
  }

  private func draw(_ ribbon: FlowLayout.Ribbon, _ layout: FlowLayout, on sheet: inout Sheet) {
    let link = links[ribbon.place]
    let color = sheet.style.color(link.right, of: right.count)
    let share = layout.share(ribbon.place)
    let title =
      link.tooltip?.flattened
      ?? "\(left[link.left].isolated) to \(right[link.right].isolated): "
      + "\(NumberText.short(link.weight, digits: 3)) (\(Self.percent(share)))"
    sheet.group(title) { sheet in
      sheet.add(.path(layout.outline(ribbon), fill: .color(color, opacity: 0.65)))
      guard ribbon.width < 0.5 else { return }
      sheet.add(
        .path(layout.spine(ribbon), stroke: Stroke(.color(color, opacity: 0.65), width: 0.5)))
    }
  }

  private static func percent(_ share: Double) -> String {
    NumberText.short(share * 100, digits: 3) + " %"
  }

  /// What is seen: how many there are, and where most of each left thing goes.
  private func words(_ layout: FlowLayout) -> String {
    let sides = "Flow from \(left.count) on the left to \(right.count) on the right"
    guard !layout.isEmpty else { return sides + "; no weights." }
    let ways = left.indices.prefix(24).compactMap { place -> String? in
      let links = layout.links(ofLeft: place)
      guard let widest = links.map(\.share).indexOfGreatest().map({ links[$0] }) else { return nil }
      let sum = links.reduce(0) { $0 + $1.share }
      return "\(left[place].isolated) to \(right[widest.right].isolated) "
        + "(\(Self.percent(widest.share / sum)))"
    }
    let omitted =
      layout.omitted.count > 0
      ? " \(String.count(layout.omitted.count, "link")) below "
        + "\(Self.percent(Self.leastShare)) left out, \(Self.percent(layout.omitted.share)) in all."
      : ""
    return sides + ", \(String.count(layout.ribbons.count, "ribbon"))."
      + " Most of each goes: \(ways.joined(separator: ", "))." + omitted
  }
}

/// Where the nodes and ribbons of a flow lie.
struct FlowLayout {
  /// A link that is drawn, by the upper edges of its ends.
  struct Ribbon: Equatable {
    /// Its place among the links.
    let place: Int
    let left: Double
    let right: Double
    let width: Double
  }

  /// A bar at the end of ribbons.
  struct Node: Equatable {
    let y: Double
    let height: Double
  }

  let canvas: FigureSize
  /// The space between the bars of both sides.
  let area: Frame
  let nodes: (left: [Node], right: [Node])
  let ribbons: [Ribbon]
  let isEmpty: Bool
  /// How many links are left out for being small, and their share of the whole.
  let omitted: (count: Int, share: Double)
  private let shares: [Double]
  private let chart: FlowChart
  private let style: ChartStyle

  /// The width of a bar.
  var bar: Double { style.letters * 0.6 }

  init(_ chart: FlowChart, style: ChartStyle) {
    // Weights are taken in parts of the greatest, whose sum cannot overflow.
    let greatest = chart.links.map { Self.weight($0) }.max() ?? 0
    let weights = chart.links.map { greatest > 0 ? Self.weight($0) / greatest : 0 }
    let sum = weights.reduce(0, +)
    let most = Double(max(chart.left.count, chart.right.count, 1))
    let hasNames = !(chart.leftName + chart.rightName).flattened.isEmpty
    let top = hasNames ? style.line * 1.2 : style.letters * 0.3
    // No higher than a page.
    let height = min(max(most * style.line * 1.15, style.letters * 20), style.letters * 70)
    canvas = style.canvas(height: height + top)
    let room = 0.3 * style.canvasWidth
    let bar = style.letters * 1.1
    area = Sheet(canvas, style: style).frame.inset(
      left: min(style.width(chart.left), room) + bar, top: top,
      right: min(style.width(chart.right), room) + bar, bottom: style.letters * 0.3)
    var shares: (left: [Double], right: [Double]) = (
      Array(repeating: 0, count: chart.left.count), Array(repeating: 0, count: chart.right.count)
    )
    for (link, weight) in zip(chart.links, weights) where sum > 0 {
      shares.left[link.left] += weight / sum
      shares.right[link.right] += weight / sum
    }
    let gaps = max(Self.gaps(shares.left), Self.gaps(shares.right))
    let gap = gaps > 0 ? min(style.letters * 0.7, area.height * 0.4 / Double(gaps)) : 0
    let filled = area.height - gap * Double(gaps)
    nodes = (
      Self.stack(shares.left, filled: filled, in: area),
      Self.stack(shares.right, filled: filled, in: area)
    )
    let drawn = weights.indices.filter {
      weights[$0] > 0 && weights[$0] / sum >= FlowChart.leastShare
    }
    ribbons = Self.ribbons(
      chart.links, widths: weights.map { sum > 0 ? $0 / sum * filled : 0 }, drawn: Set(drawn),
      nodes: nodes)
    let small = weights.filter { $0 > 0 && $0 / sum < FlowChart.leastShare }
    omitted = (small.count, small.reduce(0) { $0 + $1 / sum })
    isEmpty = sum <= 0
    self.shares = weights.map { sum > 0 ? $0 / sum : 0 }
    self.chart = chart
    self.style = style
  }

  private static func weight(_ link: FlowChart.Link) -> Double {
    link.weight.isFinite && link.weight > 0 ? link.weight : 0
  }

  private static func gaps(_ shares: [Double]) -> Int { max(0, shares.count - 1) }

  /// Bars as high as their shares of the filled height, evenly apart so that the area is filled.
  private static func stack(_ shares: [Double], filled: Double, in area: Frame) -> [Node] {
    let gap = shares.count > 1 ? (area.height - filled) / Double(shares.count - 1) : 0
    var y = shares.count == 1 ? area.y + (area.height - filled) / 2 : area.y
    return shares.map { share in
      let node = Node(y: y, height: share * filled)
      y += node.height + gap
      return node
    }
  }

  /// Ribbons that leave and arrive in the order of what is on the other side.
  private static func ribbons(
    _ links: [FlowChart.Link], widths: [Double], drawn: Set<Int>,
    nodes: (left: [Node], right: [Node])
  ) -> [Ribbon] {
    func edges(_ order: [Int], _ end: (FlowChart.Link) -> Int, _ nodes: [Node]) -> [Double] {
      var next = nodes.map(\.y)
      var edges = Array(repeating: 0.0, count: links.count)
      for place in order {
        edges[place] = next[end(links[place])]
        next[end(links[place])] += widths[place]
      }
      return edges
    }
    let byRight = links.indices.sorted { (links[$0].right, $0) < (links[$1].right, $1) }
    let byLeft = links.indices.sorted { (links[$0].left, $0) < (links[$1].left, $1) }
    let left = edges(byRight, \.left, nodes.left)
    let right = edges(byLeft, \.right, nodes.right)
    return links.indices.filter(drawn.contains).map {
      Ribbon(place: $0, left: left[$0], right: right[$0], width: widths[$0])
    }
  }

  /// The part of the whole that a link is.
  func share(_ place: Int) -> Double { shares[place] }

  /// Where the links of weight lead that leave a thing on the left, with their parts of the whole.
  func links(ofLeft place: Int) -> [(right: Int, share: Double)] {
    zip(chart.links, shares).filter { $0.left == place && $1 > 0 }.map { ($0.right, $1) }
  }

  /// The area of a ribbon: an edge to the right and one back, both bent alike.
  func outline(_ ribbon: Ribbon) -> Path {
    let middle = area.center.x
    let (left, right) = (ribbon.left + ribbon.width, ribbon.right + ribbon.width)
    return Path([
      .move(Point(area.x, ribbon.left)),
      .curve(
        Point(middle, ribbon.left), Point(middle, ribbon.right),
        to: Point(area.maxX, ribbon.right)),
      .line(Point(area.maxX, right)),
      .curve(Point(middle, right), Point(middle, left), to: Point(area.x, left)),
      .close,
    ])
  }

  /// The middle line of a ribbon.
  func spine(_ ribbon: Ribbon) -> Path {
    let middle = area.center.x
    let (left, right) = (ribbon.left + ribbon.width / 2, ribbon.right + ribbon.width / 2)
    return Path([
      .move(Point(area.x, left)),
      .curve(Point(middle, left), Point(middle, right), to: Point(area.maxX, right)),
    ])
  }

  /// Draws the bars and their names, and what both sides are above them.
  func drawNodes(of chart: FlowChart, on sheet: inout Sheet) {
    let left = (x: area.x - bar, text: area.x - style.letters * 1.1)
    for (place, node) in nodes.left.enumerated() {
      draw(node, x: left.x, .faintInk, chart.left[place], on: &sheet)
    }
    for (place, node) in nodes.right.enumerated() {
      let color = Paint.color(style.color(place, of: chart.right.count))
      draw(node, x: area.maxX, color, chart.right[place], on: &sheet)
    }
    write(chart.left, nodes.left, x: left.text, .end, on: &sheet)
    write(
      chart.right, nodes.right, x: area.maxX + style.letters * 1.1, .start, on: &sheet)
    let y = area.y - style.line * 0.75
    let room = sheet.size.width / 2 - style.letters
    sheet.write(
      chart.leftName, at: Point(sheet.frame.x, y), room: room, .note(style))
    sheet.write(
      chart.rightName, at: Point(sheet.frame.maxX, y), room: room, .note(style, .end))
  }

  private func draw(
    _ node: Node, x: Double, _ paint: Paint, _ name: String, on sheet: inout Sheet
  ) {
    let share = NumberText.short(node.height / max(filledHeight, 1e-9) * 100, digits: 3)
    sheet.group("\(name.isolated): \(share) % of the whole") { sheet in
      sheet.add(
        .rectangle(Frame(x: x, y: node.y, width: bar, height: node.height), fill: paint))
    }
  }

  private var filledHeight: Double { nodes.left.reduce(0) { $0 + $1.height } }

  /// Writes names beside their bars, apart from each other; where there is no room for all, those of
  /// smaller bars that lie too close to larger ones are left out.
  private func write(
    _ names: [String], _ nodes: [Node], x: Double, _ anchor: Label.Anchor, on sheet: inout Sheet
  ) {
    let step = style.letters * 1.1
    let middles = nodes.map { $0.y + $0.height / 2 }
    let shown = Self.written(middles, nodes.map(\.height), step: step, height: area.height)
    let centers = shown.map { middles[$0] }
    let places = Spacing.apart(centers, by: step, from: area.y, to: area.maxY)
    let room = anchor == .end ? x - sheet.frame.x : sheet.frame.maxX - x
    let texts = style.shortened(names, to: room)
    for (name, y) in zip(shown, places) {
      sheet.write(
        texts[name], of: names[name], at: Point(x, y), room: room, .name(style, anchor))
    }
  }

  /// Which bars have their names written: all if there is room.
  private static func written(
    _ middles: [Double], _ heights: [Double], step: Double, height: Double
  ) -> [Int] {
    guard Double(middles.count - 1) * step > height else { return Array(middles.indices) }
    var shown: [Int] = []
    // Bars of one height up to rounding are taken from the top.
    let order = middles.indices.sorted {
      let (one, other) = ((heights[$0] * 1e6).rounded(), (heights[$1] * 1e6).rounded())
      return (one, $1) > (other, $0)
    }
    for place in order where shown.allSatisfy({ abs(middles[$0] - middles[place]) >= step }) {
      shown.append(place)
    }
    return shown.sorted()
  }
}
