import ArgumentParser
import ChiasmReporting
import ChiasmResults
import ChiasmWorkflows
import Foundation

/// `chiasm report`.
struct ReportCommand: WorkflowCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Show an alignment or a comparison: one page with figures.",
    discussion: """
      Reads the folder that 'chiasm align' or 'chiasm compare' wrote and writes a new one, called as it with \
      '-report' after it unless --output says otherwise: report.html, one file that opens in any \
      browser without a network, and figures/ with every figure as SVG, PDF and PNG (300 dpi).

      The page of an alignment shows couplings, costs, how they vary over splits, the score of each layer, controls, nulls, depth along the hierarchy, \
      maps of the brain, voxels dropped, noise ceilings and proofs, with the values in tables, a \
      methods paragraph to paste, and how it was made. What an alignment has no data for is said in a \
      line. Voxels dropped and noise ceilings come from the response set that was explained, which is \
      looked for where the alignment read it. The page of a comparison shows, for each measure, the values \
      of all pairs, with intervals and permutations where they were drawn, and a methods paragraph.

      Examples:

        chiasm report alignment
        chiasm report alignment --anatomy T1w.nii.gz --output subject1
        chiasm report alignment --known truth.tsv --palette cividis --force
        chiasm report comparison
      """)

  @Argument(
    help: ArgumentHelp(
      "The folder that 'chiasm align' or 'chiasm compare' wrote.", valueName: "result"))
  var alignment: String

  @OptionGroup var chart: ChartOptions

  @Flag(help: "Write the page alone, without files of the figures.")
  var noFigures = false

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The new folder for the report. (default: RESULT-report)", valueName: "dir"))
  var output: String?

  @Flag(help: "Replace the output folder if it exists.")
  var force = false

  @Flag(name: .shortAndLong, help: "Say nothing but errors.")
  var quiet = false

  func execute() async throws(WorkflowError) {
    let settings = chart.settings(alignment)
    let output = output ?? Self.folder(beside: settings.folder)
    let messages = Messages(isQuiet: quiet)
    let place = ResultPlace(path: output, isForced: force, messages: messages)
    var boxes: [Unicode.Scalar] = []
    try await place.write(replacing: .report) {
      (folder) async throws(WorkflowError) in
      try ReplaceableResult.checkInputs(
        [settings.folder] + [chart.source, chart.known, chart.anatomy].compactMap { $0 },
        against: output)
      let report = try ResultReport(settings)
      let progress = ProgressLine(counting: "figures", isQuiet: quiet)
      defer { progress.finish() }
      boxes = try report.write(
        to: folder, style: ChartStyle(palette: chart.palette), withFigures: !noFigures
      ) { progress.update(done: $0, of: $1) }
    }
    if let note = FigureFormat.note(lettersWithoutFont: boxes) { messages.say(note) }
    messages.say("Written: \(output)/report.html")
  }

  /// The result's own name with `-report` after it; of the alignment the other way within another, beside
  /// that, `RESULT-reverse-report`.
  static func folder(beside alignment: String) -> String {
    let last = alignment.split(separator: "/").last ?? ""
    let path =
      ["", ".", ".."].contains(last) ? URL(filePath: alignment).standardizedFileURL.path : alignment
    var trimmed = path[...]
    while trimmed.count > 1 && trimmed.hasSuffix("/") { trimmed.removeLast() }
    let reverse = "/" + AlignmentResult.reverseFolder
    if trimmed.hasSuffix(reverse) {
      let outer = trimmed.dropLast(reverse.count)
      if access("\(outer)/\(AlignmentResult.fileName)", F_OK) == 0 {
        return "\(outer)-\(AlignmentResult.reverseFolder)-report"
      }
    }
    return trimmed + "-report"
  }
}

extension ChartOptions {
  /// What is to be read for a result.
  func settings(_ alignment: String) -> ReportSettings {
    var settings = ReportSettings(alignment: alignment)
    settings.source = source
    settings.known = known
    settings.anatomy = anatomy
    return settings
  }
}
