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
