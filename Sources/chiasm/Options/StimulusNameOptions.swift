public import ArgumentParser
public import ChiasmResponses

/// How the names of stimuli are compared when two sets are joined.
struct StimulusNameOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What of the names is compared: all, what follows the folders, or this without the file's ending."
    ))
  var match = StimulusNaming.Match.exact

  @Option(
    help: ArgumentHelp(
      "New names for stimuli of either set: a table with the columns old and new.",
      valueName: "names.tsv"))
  var stimulusMap: String?

  /// What was asked for; nil for names as they are.
  var naming: StimulusNaming? {
    match == .exact && stimulusMap == nil
      ? nil : StimulusNaming(match: match, mapFile: stimulusMap)
  }
}

extension StimulusNaming.Match: ExpressibleByArgument {}
