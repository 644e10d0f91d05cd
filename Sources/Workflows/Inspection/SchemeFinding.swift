internal import Foundation
internal import ChiasmImaging
internal import ChiasmReporting

/// A region scheme.
struct SchemeFinding: Finding {
  struct Region: Encodable {
    let region: String
    let labels: String
  }

  struct Table: Encodable {
    /// The name of its file.
    let file: String
    let labels: Int
  }

  let kind = "region_scheme"
  let name: String
  let summary: String
  let readme: String
  let regions: [Region]
  let tables: [Table]

  init(_ scheme: AtlasScheme) {
    name = scheme.name
    summary = scheme.summary
    readme = scheme.readme
    regions = scheme.merges.map { Region(region: $0.region, labels: $0.labels) }
    tables = scheme.tables.map { name, table in
      Table(
        file: name.isEmpty ? "dseg.tsv" : name + "_dseg.tsv", labels: table.foreground.count)
    }
  }

  /// Reads the folder of a scheme.
  init(path: String) throws(ImagingError) {
    let folder = URL(filePath: path).standardizedFileURL
    let catalogue = try AtlasCatalogue(folder: folder.deletingLastPathComponent().path)
    self.init(try catalogue.scheme(named: folder.lastPathComponent))
  }

  var report: Report {
    Report(sections: [
      .paragraph(readme.trimmingCharacters(in: .newlines)),
      .table(
        heading: "Regions (\(regions.count))",
        TextTable(["region", "labels"], rows: regions.map { [$0.region, $0.labels] })),
      .table(
        heading: "Label tables (\(tables.count))",
        TextTable(["file", "labels"], rows: tables.map { [$0.file, String($0.labels)] })),
    ])
  }
}
