internal import ChiasmFiles
internal import Foundation

/// A folder of region definitions: one folder a scheme, with `README.md`, `regions.tsv` (`region`,
/// `labels`, and other columns for people) and one or more tables `dseg.tsv`, `X_dseg.tsv`.
public struct AtlasCatalogue: Sendable {
  /// The path of the folder.
  public let folder: String
  /// The names of the schemes, in alphabetical order.
  public let names: [String]

  /// Lists a folder; every folder in it that has a `regions.tsv` is a scheme.
  ///
  /// - Throws: `missing` or `unreadable`; `malformedAtlas` if there is no scheme in it.
  public init(folder: String) throws(ImagingError) {
    let entries = try Self.list(folder)
    self.folder = folder
    names = entries.filter {
      FileManager.default.fileExists(atPath: "\(folder)/\($0)/regions.tsv")
    }
    if names.isEmpty {
      throw .malformedAtlas(path: folder, problem: "there is no scheme in it")
    }
  }

  /// Reads a scheme.
  ///
  /// - Throws: `unknownScheme`, or what is wrong with its files.
  public func scheme(named name: String) throws(ImagingError) -> AtlasScheme {
    guard names.contains(name) else { throw .unknownScheme(name: name, known: names) }
    let path = folder + "/" + name
    let readme = try LabelTable.readText(path: path + "/README.md")
    var tables: [(name: String, table: LabelTable)] = []
    for file in try Self.list(path) where file == "dseg.tsv" || file.hasSuffix("_dseg.tsv") {
      let name = String(file.dropLast(file == "dseg.tsv" ? 8 : 9))
      tables.append((name, try LabelTable.read(path: path + "/" + file)))
    }
    guard !tables.isEmpty else {
      throw .malformedAtlas(path: path, problem: "it has no dseg.tsv")
    }
    return AtlasScheme(
      name: name, summary: Self.summary(of: readme), readme: readme,
      tables: tables.sorted { $0.name < $1.name },
      merges: try Self.merges(path: path + "/regions.tsv"))
  }

  private static func list(_ folder: String) throws(ImagingError) -> [String] {
    do throws(ArrayFileError) {
      return try FolderTree.listing(of: folder)
    } catch {
      throw ImagingError(error)
    }
  }

  /// The first paragraph below the heading, as one line.
  private static func summary(of readme: String) -> String {
    let lines = readme.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map(\.trimmed)
    return lines.drop { $0.isEmpty || $0.hasPrefix("#") }.prefix { !$0.isEmpty }
      .joined(separator: " ")
  }

  private static func merges(path: String) throws(ImagingError) -> [RegionMerge] {
    let text = try LabelTable.readText(path: path)
    guard let table = LabelTableColumns(text), table.has("region"), table.has("labels") else {
      throw .malformedAtlas(path: path, problem: "it lacks the columns region and labels")
    }
    var merges: [RegionMerge] = []
    for row in table.rows {
      guard let region = row["region"], let labels = row["labels"], !region.isEmpty,
        !labels.isEmpty
      else {
        throw .malformedAtlas(path: path, problem: "line \(row.line) is not complete")
      }
      merges.append(RegionMerge(region: region, labels: labels))
    }
    return merges
  }
}

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
