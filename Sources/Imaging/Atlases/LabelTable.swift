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

extension LabelTable {
  /// The table beside an image.
  public struct Neighbour: Equatable, Sendable {
    /// The table; nil if none of the files is one.
    public let table: LabelTable?
    /// Where it stands; nil without one.
    public let path: String?
    /// The files of a table's name that are no table of this image, a sentence each.
    public let notes: [String]
  }

  /// Finds the table among the files that `ImageArgument.tablesBeside` names.
  ///
  /// A text that is no list of labels, or that names no label of the image, is not its table: a README
  /// may have such a name. A list of labels with a line that cannot be read is an error.
  ///
  /// - Parameter labels: the labels of the image, background with them.
  /// - Throws: `notALabelTable`, `labelNamedTwice`, `unreadableTable`.
  public static func beside(
    _ image: ImageArgument, labels: Set<Int32>
  ) throws(ImagingError) -> Neighbour {
    var notes: [String] = []
    for path in image.tablesBeside {
      let problem: String
      do throws(ImagingError) {
        let table = try read(path: path)
        if table.entries.contains(where: { labels.contains($0.index) }) {
          return Neighbour(table: table, path: path, notes: notes)
        }
        problem = "it names none of the image's labels"
      } catch {
        guard case .notALabelTable(_, let reason) = error, !isMeantAsTable(path: path) else {
          throw error
        }
        problem = reason
      }
      notes.append("\(path) is not taken as the table of \(image.path): \(problem).")
    }
    return Neighbour(table: nil, path: nil, notes: notes)
  }

  /// Whether a text that cannot be read was meant to be a list of labels: it has the columns of one, or
  /// most of its lines begin with a number.
  private static func isMeantAsTable(path: String) -> Bool {
    guard let text = try? readText(path: path) else { return false }
    if columns(of: text) != nil { return true }
    let lines = text.numberedLines.map { $0.text.trimmed }.filter { !$0.hasPrefix("#") }
    let numbered = lines.count { number($0.prefix { !$0.isWhitespace }) != nil }
    return 2 * numbered > lines.count
  }
}
