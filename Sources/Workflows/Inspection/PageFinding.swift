internal import ChiasmFiles
internal import ChiasmReporting

/// A report: a page and the files of its figures.
struct PageFinding: Finding {
  static let fileName = "report.html"

  let kind = "report"
  /// What the page is of; nil where it does not say.
  let title: String?
  /// The files of its figures.
  let figures: [String]
  private let path: String

  /// Reads the folder of a report.
  init(path: String) throws {
    self.path = path
    let page = try TextFile.beginning(of: path + "/" + Self.fileName, count: 4096)
    title = String(decoding: page, as: UTF8.self).firstMatch(of: #/<title>([^<]*)</title>/#)
      .map { String($0.1) }
    figures =
      try FolderTree.listing(of: path).contains("figures")
      ? FolderTree.listing(of: path + "/figures") : []
  }

  private enum CodingKeys: CodingKey { case kind, title, figures }

  var report: Report {
    Report(
      title: "\(path): report of 'chiasm report'; open its \(Self.fileName) in a browser",
      sections: [
        .fields([
          "title": title,
          "figures": figures.isEmpty ? nil : ReportText.count(figures.count, "file"),
        ])
      ])
  }
}
