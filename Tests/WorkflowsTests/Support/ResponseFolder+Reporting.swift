import ChiasmFiles
import Foundation
import ChiasmReporting

@testable import ChiasmResults
@testable import ChiasmWorkflows

extension ResponseFolder {
  /// The report of the alignment in the folder `name`.
  func report(
    _ name: String = "out", _ change: (inout ReportSettings) -> Void = { _ in }
  ) throws -> ResultReport {
    var settings = ReportSettings(alignment: path(name))
    change(&settings)
    return ResultReport(try AlignmentReading(settings))
  }
}

extension ResultReport {
  var page: Page { page(style: ChartStyle(), files: { _ in [] }) }
}

extension Page {
  /// All that a section says outside of its figures.
  func text(of anchor: String) -> String {
    sections.filter { $0.anchor == anchor }.flatMap(\.blocks).map { block in
      switch block {
      case .paragraph(let text), .note(let text), .quotation(let text): text
      case .figure(_, _, let caption, _): caption
      case .table(let caption, let table, _):
        ([caption] + ([table.titles] + table.rows).map { $0.joined(separator: " ") })
          .joined(separator: "\n")
      case .fields(let fields): fields.map { "\($0.name) \($0.value)" }.joined(separator: "\n")
      }
    }.joined(separator: "\n")
  }
}
