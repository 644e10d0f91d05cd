public import ArgumentParser
import ChiasmFiles
import ChiasmReporting
public import ChiasmWorkflows

/// `chiasm figure`.
struct FigureCommand: WorkflowCommand {
  static let configuration = CommandConfiguration(
    commandName: "figure",
    abstract: "Draw one figure of a result for a paper.",
    discussion: """
      Draws a figure of 'chiasm report' by itself, as SVG, PDF or PNG (300 dpi), which the name of the \
      file decides. Text stays text in SVG and PDF; PDF and PNG need an installed font.

      Kinds:

      \(kinds)

      Examples:

        chiasm figure coupling alignment -o coupling.pdf
        chiasm figure layers alignment -o layers.pdf --size 89mm --font-size 7
        chiasm figure controls alignment -o controls.png --palette cividis
        chiasm figure depth alignment -o - --format svg > depth.svg
        chiasm figure values comparison --measure cka-debiased -o cka.pdf
      """)

  @Argument(help: ArgumentHelp("Which figure, of the list above.", valueName: "kind"))
  var kind: FigureKind

  @Argument(
    help: ArgumentHelp(
      "The folder that 'chiasm align' or 'chiasm compare' wrote.", valueName: "result"))
  var result: String

  @Option(
    help: ArgumentHelp(
      "Which measure of a comparison. (default: the first)", valueName: "name"))
  var measure: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The new file, ending in .svg, .pdf or .png, or - for stdout.", valueName: "file"))
  var output: String

  @Option(help: "The format, where the name of the file does not tell.")
  var format: FigureFormat?

  @Option(
    help: ArgumentHelp(
      "Width, or width and height, in in, mm, cm or pt: 89mm, 3.5x3in. (default: what it needs)",
      valueName: "size"))
  var size: FigureMeasure?

  @Option(help: ArgumentHelp("The height of letters in points, 4 to 72.", valueName: "points"))
  var fontSize = 9.0

  @OptionGroup var chart: ChartOptions

  @Flag(help: "Replace the file if it exists.")
  var force = false

  func validate() throws {
    if format == nil && fileFormat == nil {
      throw ValidationError(
        output == "-"
          ? "Give --format with '-o -'."
          : "\(output) ends in none of .svg, .pdf, .png; give --format.")
    }
    if !(4...72).contains(fontSize) {
      throw ValidationError("--font-size is \(fontSize), but must be from 4 to 72.")
    }
  }

  func execute() async throws(WorkflowError) {
    guard output != "-" else { return try Results.write(drawing()) }
    let place = ResultPlace(path: output, isForced: force, messages: Messages(isQuiet: false))
    try await place.writeFile { (path) throws(WorkflowError) in
      let bytes = try drawing()
      do throws(ArrayFileError) {
        try AtomicFile.write(bytes, to: path)
      } catch {
        throw .file(error)
      }
    }
  }

  private func drawing() throws(WorkflowError) -> [UInt8] {
    let report = try ResultReport(chart.settings(result))
    let style = FigureMeasure.style(size, fontSize: fontSize, palette: chart.palette)
    let figure = try report.figure(kind, measure: measure, style: style)
    let format = format ?? fileFormat ?? .svg
    let bytes = try format.bytes(of: figure)
    if format != .svg, let note = FigureFormat.note(lettersWithoutFont: figure.lettersWithoutFont) {
      Messages(isQuiet: false).say(note)
    }
    return bytes
  }

  private var fileFormat: FigureFormat? {
    FigureFormat.allCases.first { output.lowercased().hasSuffix("." + $0.rawValue) }
  }

  /// The kinds with what they show, a line each.
  private static var kinds: String {
    let width = FigureKind.allCases.map(\.rawValue.count).max() ?? 0
    return FigureKind.allCases.map { kind in
      "  " + kind.rawValue + String(repeating: " ", count: width + 2 - kind.rawValue.count)
        + kind.summary
    }.joined(separator: "\n")
  }
}

extension FigureKind: ExpressibleByArgument {}
extension FigureFormat: ExpressibleByArgument {}
