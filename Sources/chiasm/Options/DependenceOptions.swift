public import ArgumentParser
public import ChiasmResults

/// What belongs together among the stimuli.
struct DependenceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The column of the source's stimuli.tsv that says which stimuli belong together (category, run, "
        + "session, film segment): they are held out, exchanged and drawn as whole groups.",
      valueName: "column"))
  var groups: String?

  @Option(
    help: ArgumentHelp(
      "Another table with the columns that --groups and --exchange name, beside stimulus_id.",
      valueName: "stimuli.tsv"))
  var stimulusTable: String?

  @Option(
    help: ArgumentHelp(
      "Which orders of the target's stimuli --permutations takes: whole groups of a column, all of one "
        + "size, change places; or stimuli within groups of a column; or circular shifts along the order "
        + "of the source's rows. (default: whole groups with --groups, else every order)",
      valueName: "whole:column|within:column|shift"))
  var exchange: DependenceSettings.Exchange?

  /// What the options ask for; nil where none is given.
  var settings: DependenceSettings? {
    var settings = DependenceSettings()
    (settings.groups, settings.table, settings.exchange) = (groups, stimulusTable, exchange)
    return settings == DependenceSettings() ? nil : settings
  }
}

/// How stimuli that depend on each other are held out.
struct FoldOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Hold out every stimulus once, in --splits folds, in place of random splits: at random, or in "
        + "stretches along the order of the source's rows, for films and speech; --permutations then shifts "
        + "the order unless groups or --exchange say otherwise.", valueName: "random|contiguous"))
  var folds: DependenceSettings.Folds?

  @Option(
    help: ArgumentHelp(
      "With '--folds contiguous' or --groups, leave out so many training stimuli on either side of those "
        + "held out. (default: 0)", valueName: "n"))
  var gap: Int?

  /// The settings with what these options ask for.
  func adding(to settings: DependenceSettings?) -> DependenceSettings? {
    guard folds != nil || gap != nil else { return settings }
    var settings = settings ?? DependenceSettings()
    (settings.folds, settings.gap) = (folds, gap)
    return settings
  }
}

extension DependenceSettings.Folds: ExpressibleByArgument {}
extension DependenceSettings.Exchange: ExpressibleByArgument {}
