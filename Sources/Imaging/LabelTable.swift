/// The names of the labels of an atlas, in the order of its table.
///
/// Several labels may share a name (a table that does not tell left from right); they make one
/// region together. Labels ≤ 0 are background; a table may name them, no region comes of it.
public struct LabelTable: Equatable, Sendable {
  /// One label and its name.
  public struct Entry: Equatable, Sendable {
    /// The value of the label's voxels.
    public let index: Int32
    /// The name of the label.
    public let name: String

    /// Takes a value and a name.
    public init(index: Int32, name: String) {
      self.index = index
      self.name = name
    }
  }

  /// Labels and names in the order of the table; every index occurs once.
  public let entries: [Entry]
  private let names: [Int32: String]

  /// Takes entries in order; a repeated one is dropped.
  ///
  /// - Parameter path: where the entries come from, for the error.
  /// - Throws: `labelNamedTwice` if one index comes with two names.
  public init(_ entries: [Entry], path: String = "label table") throws(ImagingError) {
    var names: [Int32: String] = [:]
    var unique: [Entry] = []
    for entry in entries {
      if let name = names[entry.index] {
        guard name == entry.name else {
          throw .labelNamedTwice(path: path, index: entry.index, names: [name, entry.name])
        }
      } else {
        names[entry.index] = entry.name
        unique.append(entry)
      }
    }
    self.entries = unique
    self.names = names
  }

  /// The name of a label, or nil if the table does not have it.
  public func name(of index: Int32) -> String? { names[index] }

  /// The labels that are not background.
  public var foreground: [Entry] { entries.filter { $0.index > 0 } }
}
