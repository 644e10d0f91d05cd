/// A document of sections that becomes one HTML file.
public struct Page: Equatable, Sendable {
  /// A part under a heading.
  public struct Section: Equatable, Sendable {
    /// A short word for links, `a-z`, digits and `-` only.
    public let anchor: String
    /// What stands above the section and in the table of contents.
    public let heading: String
    /// What stands in it, in order; without any the page says that there is nothing to show.
    public let blocks: [Block]

    /// Takes a heading and what stands below it.
    public init(anchor: String, heading: String, blocks: [Block]) {
      self.anchor = anchor
      self.heading = heading
      self.blocks = blocks
    }
  }

  /// A piece of a section.
  public enum Block: Equatable, Sendable {
    /// Text that is read from left to right, whatever its lines were.
    case paragraph(String)
    /// Less weight than a paragraph: what is missing, what to be careful of.
    case note(String)
    /// A drawing with its caption; the drawing's description is for those who do not see it. The files
    /// hold the same drawing and are linked: paths from the folder of the page, `figures/depth.pdf`.
    case figure(Figure, caption: String, files: [String] = [])
    /// A table that can be sorted and copied; folded away at first where `isFolded`.
    case table(caption: String, PageTable, isFolded: Bool)
    /// Names with values.
    case fields([Report.Field])
    /// Text to be pasted elsewhere, lines as they are, with a button that copies it.
    case quotation(String)
  }

  /// What the page is called, in the window and above everything.
  public let title: String
  /// One line under the title; none if empty.
  public let subtitle: String
  /// What stands below, in order.
  public let sections: [Section]

  /// Takes a title and what stands below it.
  public init(title: String, subtitle: String, sections: [Section]) {
    self.title = title
    self.subtitle = subtitle
    self.sections = sections
  }
}
