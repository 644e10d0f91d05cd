public import ArgumentParser
public import ChiasmReporting

/// What reports and figures show and how they look.
struct ChartOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The response set that was explained, if it is no longer where it was.", valueName: "dir"))
  var source: String?

  @Option(
    help: ArgumentHelp(
      "Outline the right answers: a table with source_stage and target_stage.",
      valueName: "truth.tsv"))
  var known: String?

  @Option(
    help: ArgumentHelp(
      "Draw slices of the brain on this image, of one volume in the space of the recording.",
      valueName: "T1w.nii.gz"))
  var anatomy: String?

  @Option(help: "The colours of values; all are even to the eye, and to the colour-blind.")
  var palette = ColorMap.viridis
}

extension ColorMap: ExpressibleByArgument {}

/// The size of a figure as it is typed: `3.5x3in`, `89x60mm`, or a width alone, `89mm`.
struct FigureMeasure: ExpressibleByArgument, Equatable {
  /// In points.
  let width: Double
  /// In points; nil lets the chart choose.
  let height: Double?

  init?(argument: String) {
    let text = argument.lowercased()
    let units = ["in": 72, "mm": 72 / 25.4, "cm": 72 / 2.54, "pt": 1]
    guard let unit = units.first(where: { text.hasSuffix($0.key) }) else { return nil }
    let numbers = text.dropLast(unit.key.count)
      .split(omittingEmptySubsequences: false, whereSeparator: { $0 == "x" || $0 == "×" })
      .map { Double($0) }
    let lengths = numbers.compactMap { $0.map { $0 * unit.value } }
    guard lengths.count == numbers.count, (1...2).contains(lengths.count),
      lengths.allSatisfy({ (36...14_400).contains($0) }), lengths[0] >= 72
    else { return nil }
    width = lengths[0]
    height = lengths.count == 2 ? lengths[1] : nil
  }

  /// The style of a chart of this size.
  static func style(_ measure: FigureMeasure?, fontSize: Double, palette: ColorMap) -> ChartStyle {
    let size = measure.flatMap { measure in
      measure.height.map { FigureSize(width: measure.width, height: $0) }
    }
    return ChartStyle(size: size, width: measure?.width, fontSize: fontSize, palette: palette)
  }
}
