/// A document of sections that becomes one HTML file.
public struct Page: Equatable, Sendable {
  /// A part under a heading.
  public struct Section: Equatable, Sendable {
    /// A short word for links, `a-z`, digits and `-` only.
    public let anchor: String
    /// The heading.
    public let heading: String
    /// What stands below the heading, in order.
    public let blocks: [Block]

    /// Takes an anchor, a heading and what stands below it.
    public init(anchor: String, heading: String, blocks: [Block]) {
      self.anchor = anchor
      self.heading = heading
      self.blocks = blocks
    }
  }

  /// A piece of a section.
  public enum Block: Equatable, Sendable {
    /// Text that is broken into lines where it fits.
    case paragraph(String)
    /// Less weight than a paragraph: what is missing, what to be careful of.
    case note(String)
    /// A drawing with its caption; the drawing's description is for those who do not see it.
    case figure(Figure, caption: String)
    /// A table that can be sorted and copied; folded away at first where `isFolded`.
    case table(caption: String, PageTable, isFolded: Bool)
    /// Names with values.
    case fields([Report.Field])
    /// Text to be pasted elsewhere, with a button that copies it.
    case quotation(String)
  }

  /// The heading of the page.
  public let title: String
  /// One line under the title.
  public let subtitle: String
  /// The parts of the page, in order.
  public let sections: [Section]

  /// Takes the parts of a page.
  public init(title: String, subtitle: String, sections: [Section]) {
    self.title = title
    self.subtitle = subtitle
    self.sections = sections
  }
}

/// A table of a page: cells as they are shown; cells that read as numbers sort as numbers and stand to
/// the right.
public struct PageTable: Equatable, Sendable {
  /// The titles of the columns.
  public let titles: [String]
  /// As long as `titles`, each; the first cell of a row is its header.
  public let rows: [[String]]

  /// Traps on a row of another length.
  public init(_ titles: [String], rows: [[String]]) {
    precondition(rows.allSatisfy { $0.count == titles.count }, "A cell for each column.")
    self.titles = titles
    self.rows = rows
  }
}
