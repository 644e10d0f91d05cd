/// What is to be shown, apart from how: a title, and below it fields, tables and paragraphs.
public struct Report: Equatable, Sendable {
  /// A piece of a report.
  public enum Section: Equatable, Sendable {
    /// Text with lines of its own, shown as it is.
    case paragraph(String)
    /// Names with values.
    case fields([Field])
    /// A table below a heading.
    case table(heading: String, TextTable)

  }

  /// A name and its value.
  public struct Field: Equatable, Sendable {
    /// What the value is.
    public let name: String
    /// The value as text.
    public let value: String

    /// Joins a name and a value.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The first line, if there is one.
  public let title: String?
  /// What stands below, in order.
  public let sections: [Section]

  /// Takes a title and what stands below it.
  public init(title: String? = nil, sections: [Section]) {
    self.title = title
    self.sections = sections
  }
}

extension [Report.Field] {
  /// Names with values; a name without a value is left out.
  public static func fields(_ pairs: KeyValuePairs<String, String?>) -> [Report.Field] {
    pairs.compactMap { name, value in value.map { Report.Field(name: name, value: $0) } }
  }
}

extension Report.Section {
  /// Names with values; a name without a value is left out.
  public static func fields(_ pairs: KeyValuePairs<String, String?>) -> Report.Section {
    .fields([Report.Field].fields(pairs))
  }
}
