extension Table {
  /// What stands between the values of a row.
  public enum Delimiter: Sendable {
    /// CSV as in RFC 4180, with quotes where they are needed.
    case comma
    /// TSV as in BIDS: no quotes, a missing value is `n/a`.
    case tab

    /// The one that a file's name tells: comma for `.csv`, tab for every other.
    public init(path: String) {
      self = path.lowercased().hasSuffix(".csv") ? .comma : .tab
    }

    var byte: UInt8 {
      switch self {
      case .comma: UInt8(ascii: ",")
      case .tab: UInt8(ascii: "\t")
      }
    }

    /// What stands for a missing value: nothing in CSV, `n/a` in TSV.
    public var missing: String {
      switch self {
      case .comma: ""
      case .tab: "n/a"
      }
    }

    /// The shortest text that reads back as the same number; NaN is `missing`, infinity `inf`.
    public func text(_ number: Double) -> String {
      number.isNaN ? missing : number.description
    }
  }
}
