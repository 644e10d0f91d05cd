/// What one column of a result's tables says: its name in files, its title for people, what it means
/// and how it is shown. A number is described once; every writer takes what it needs from here.
public struct Quantity: Equatable, Sendable {
  /// How the values are shown to people. Files always hold all digits.
  public enum Format: Equatable, Sendable {
    /// A name.
    case text
    /// A whole number.
    case count
    /// A number with so many decimals.
    case fixed(Int)
    /// Up to so many digits that count, as for p-values.
    case digits(Int)
    /// Two digits and a power of ten, as for errors.
    case scientific
  }

  /// The name of the column in files and the key in JSON: `p_value`.
  public let name: String
  /// What stands above the column where people read it: `p`. Words in braces are those that a reader
  /// has for stages (`Wording`): `{source}`, `{target}`, `{sources}`, `{targets}`.
  public let title: String
  /// What it is, in a sentence without a full stop; words in braces as in `title`.
  public let meaning: String
  /// How it is shown.
  public let format: Format
  /// The unit of measure, as BIDS writes it; nil for a pure number or a name.
  public let unit: String?
  /// The values that are possible; nil where every number is.
  public let range: ClosedRange<Double>?
  /// For a name that is one of a few, what each of them means; empty for any other.
  public let levels: [Level]
  /// Whether it is left out where room is short: on the terminal, not in files and full tables.
  public let isDetail: Bool

  /// Describes a number.
  public init(
    _ name: String, _ title: String, _ meaning: String, _ format: Format = .fixed(4),
    unit: String? = nil, in range: ClosedRange<Double>? = nil, levels: [Level] = [],
    isDetail: Bool = false
  ) {
    self.name = name
    self.title = title
    self.meaning = meaning
    self.format = format
    self.unit = unit
    self.range = range
    self.levels = levels
    self.isDetail = isDetail
  }

  /// One of the names that a column may hold.
  public struct Level: Equatable, Sendable {
    /// As it stands in files.
    public let name: String
    /// As people read it.
    public let title: String
    /// What it means, in a few words; words in braces as in titles.
    public let meaning: String

    /// Describes a name.
    public init(_ name: String, _ title: String, _ meaning: String) {
      (self.name, self.title, self.meaning) = (name, title, meaning)
    }
  }

  /// A name of the column as people read it; as it is where it is none of the levels.
  public func title(of name: String) -> String {
    levels.first { $0.name == name }?.title ?? name
  }
}

/// What the stages of the two sides are called: regions and layers, or whatever they are.
public struct Wording: Equatable, Sendable {
  /// One stage of the source, such as `region`.
  public let source: String
  /// One stage of the target, such as `layer`.
  public let target: String

  /// Takes the names of one stage; several are called the same with an s.
  ///
  /// Where both are called the same, as a brain and a brain, the side is put before: `source region`.
  public init(source: String, target: String) {
    self.source = source == target ? "source " + source : source
    self.target = source == target ? "target " + target : target
  }

  /// A text with the words in braces replaced.
  public func callAsFunction(_ text: String) -> String {
    guard text.contains("{") else { return text }
    let words = [
      ("{source}", source), ("{target}", target), ("{sources}", source + "s"),
      ("{targets}", target + "s"),
    ]
    return words.reduce(text) { text, word in text.replacing(word.0, with: word.1) }
  }
}
