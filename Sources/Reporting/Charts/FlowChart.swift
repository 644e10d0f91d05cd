/// How much of each thing on the left goes to each thing on the right: ribbons whose widths are weights
/// (a Sankey diagram). Both sides fill the same height, and things stand in the order given.
///
/// A ribbon has the colour of its right end. Ribbons thinner than half a point are drawn as a line of
/// that width, so that they are seen; those below a share of the whole are left out, and their room at
/// the ends stays empty.
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
  public let leastShare: Double

  /// Takes the data; traps on a link whose ends are not in the lists.
  public init(
    _ heading: ChartHeading, left: [String], right: [String], links: [Link],
    leftName: String = "", rightName: String = "", leastShare: Double = 0.005
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
    self.leastShare = leastShare
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
      guard let widest = links.max(by: { $0.share < $1.share }) else { return nil }
      let sum = links.reduce(0) { $0 + $1.share }
      return "\(left[place].isolated) to \(right[widest.right].isolated) "
        + "(\(Self.percent(widest.share / sum)))"
    }
    let omitted =
      layout.omitted.count > 0
      ? " \(String.count(layout.omitted.count, "link")) below "
        + "\(Self.percent(leastShare)) left out, \(Self.percent(layout.omitted.share)) in all." : ""
    return sides + ", \(String.count(layout.ribbons.count, "ribbon"))."
      + " Most of each goes: \(ways.joined(separator: ", "))." + omitted
  }
}
