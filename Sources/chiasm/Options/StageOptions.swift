public import ArgumentParser
public import ChiasmResponses

/// Which stages of the two sets are in use, and what they are called where their files do not tell.
struct StageOptions: ParsableArguments {
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Stages of the source, in order (default: all).", valueName: "a,b"))
  var regions: [NameList] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Stages of the target, in order (default: all).", valueName: "a,b"))
  var layers: [NameList] = []

  @Option(
    help: ArgumentHelp(
      "The names of the source's rows, where it is a file of arrays: a table with the column "
        + "stimulus_id, or one name a line. (default: what the file says, or FILE.stimuli.tsv)",
      valueName: "stimuli.tsv"))
  var sourceStimuli: String?

  @Option(help: ArgumentHelp("The same of the target's rows.", valueName: "stimuli.tsv"))
  var targetStimuli: String?

  @Option(
    help: ArgumentHelp(
      "What the stages of the source are called in results. (default: region where a table of voxels or "
        + "an image of regions lies beside the matrices, else layer)"))
  var sourceRole: Role?

  @Option(help: "The same of the target.")
  var targetRole: Role?
}

extension Role: ExpressibleByArgument {}
