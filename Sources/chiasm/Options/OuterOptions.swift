public import ChiasmResults
public import ArgumentParser
import ChiasmWorkflows
import ChiasmAlignment

/// Which problem between stages is solved.
struct OuterOptions: ParsableArguments {
  @Option(
    name: .customLong("outer"),
    help: "How far each layer must be used up; auto chooses a penalty by cross-validation.")
  var kind = OuterSettings.Kind.balanced

  @Option(
    name: .customLong("outer-penalty"),
    help: ArgumentHelp(
      "What it costs when layers take more or less than 1/M, with --outer unbalanced.",
      valueName: "penalty"))
  var penalty: Double?

  @Option(
    name: .customLong("outer-mass"),
    help: ArgumentHelp(
      "How much of the mass is moved, with --outer partial.", valueName: "mass"))
  var mass: Double?

  @Option(
    help: ArgumentHelp(
      "What regions weigh: the same, as many as their units in use, or their mean noise ceiling."))
  var stageWeights = OuterSettings.StageWeights.uniform

  /// What the options ask for.
  var settings: OuterSettings {
    var settings = OuterSettings()
    settings.kind = kind
    settings.penalty = penalty
    settings.mass = mass
    settings.stageWeights = stageWeights
    return settings
  }
}

extension OuterSettings.Kind: ExpressibleByArgument {}
extension OuterSettings.StageWeights: ExpressibleByArgument {}

/// `auto`, or a mass, whose range the workflow checks.
struct InnerMass: ExpressibleByArgument {
  let mass: MatchedMass

  init?(argument: String) {
    if argument == "auto" {
      mass = .automatic
    } else if let number = Double(argument) {
      mass = .fixed(number)
    } else {
      return nil
    }
  }
}
