/// A region definition: the names of an atlas's labels, and how they make V1, V2, V3 and so on.
public struct AtlasScheme: Equatable, Sendable {
  /// The name of the scheme: that of its folder.
  public let name: String
  /// One line about it: the first paragraph of its README.
  public let summary: String
  /// The whole README, in Markdown.
  public let readme: String
  /// Label tables by name, in order of name. That of `dseg.tsv` has the empty name and comes first,
  /// `X_dseg.tsv` is called X: one for each image, or for each way in which volumes are numbered.
  public let tables: [(name: String, table: LabelTable)]
  /// How the labels make regions, in the order of the hierarchy.
  public let merges: [RegionMerge]

  /// The table for an image that comes without one.
  ///
  /// That is the table whose name occurs in the image's name, the longest one first; else the table
  /// that leaves the fewest labels of the image without a name, and of those the one with the fewest
  /// names that the image lacks.
  ///
  /// - Parameters:
  ///   - image: the name of the image.
  ///   - labels: the labels that occur in it.
  /// - Throws: `ambiguousTable` if several fit equally well.
  public func table(
    forImage image: String, labels: some Sequence<Int32>
  ) throws(ImagingError) -> LabelTable {
    let named = tables.filter { !$0.name.isEmpty && image.contains($0.name) }
    if let longest = named.max(by: { $0.name.count < $1.name.count }) { return longest.table }
    let present = Set(labels.filter { $0 > 0 })
    let misfits = tables.map { _, table in
      let known = Set(table.foreground.map(\.index))
      return [present.subtracting(known).count, known.subtracting(present).count]
    }
    let least = misfits.min { $0.lexicographicallyPrecedes($1) }
    let best = zip(tables, misfits).filter { $0.1 == least }.map(\.0)
    guard let first = best.first, best.allSatisfy({ $0.table == first.table }) else {
      throw .ambiguousTable(
        image: image, scheme: name,
        tables: best.map { $0.name.isEmpty ? "dseg.tsv" : $0.name + "_dseg.tsv" })
    }
    return first.table
  }

  /// Whether two schemes are the same in every part.
  public static func == (first: AtlasScheme, second: AtlasScheme) -> Bool {
    first.name == second.name && first.readme == second.readme && first.merges == second.merges
      && first.tables.elementsEqual(second.tables, by: ==)
  }
}
