import ArgumentParser
import ChiasmReporting
import ChiasmResults
import ChiasmWorkflows

/// `chiasm compare`.
struct Compare: WorkflowCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare the stages of two response sets or RDMs by common measures of similarity.",
    discussion: """
      Gives the value of each measure for every pair of a stage of the source (a region) and a stage of \
      the target (a layer), and which layer each measure prefers for each region. Both sets are folders \
      or files of arrays as 'chiasm align' takes them, joined by stimulus_id, with --match and --stimulus-map \
      as there. All common stimuli are used, \
      4 or more; nothing is held out, except by 'ridge', which cross-validates within 15 or more.

      Measures, greater being more alike unless said: 'rsa', Spearman's correlation of dissimilarities \
      1 - Pearson (others: 'rsa-euclidean-pearson' and so on); 'cka' and 'cka-debiased', centred kernel \
      alignment, linear or 'cka-rbf-0.5' with a width of that fraction of the median distance; \
      'procrustes', a distance: smaller is more alike (also 'procrustes-angle', \
      'procrustes-similarity'); 'semi-matching', each unit with its best partner; 'soft-matching', units \
      one to one. These are quick and the default is rsa, cka, cka-debiased, procrustes, semi-matching \
      and soft-matching. By name only: 'partial-soft-matching', which may leave units out (ten transports \
      a pair, or one with a mass of your own: 'partial-soft-matching-0.5'), and 'ridge', cross-validated \
      linear prediction of the region (some seconds a pair at 1000 stimuli and 1000 units).

      Where only dissimilarities are known, --source-rdm and --target-rdm take matrices (RDMs), one side \
      or both, for all forms of rsa and cka: .npy, .npz, .mat (version 5), .safetensors or .csv with a matrix stimuli x \
      stimuli, several of them (RDMs x stimuli x stimuli; in MATLAB also the other way round), or the \
      lists of n (n - 1) / 2 that SciPy and rsatoolbox have. Each RDM of a file, of a subject say, is a \
      stage: NAME, or NAME_1, NAME_2 ... after the array, or after the .npy. Stimuli are named by an array \
      stimulus_id of the file, by --stimuli, or by a table FILE.stimuli.tsv beside the file. rsa \
      takes RDMs as they are; cka takes them for squared Euclidean distances.

      --permutations N breaks the relation by permuting the stimuli of the target, N times, and gives \
      p = (1 + draws at least as good) / (1 + N). --bootstrap B draws the stimuli with replacement, B \
      times, and gives the 2.5 and 97.5 percent points of the values and how often the preferred layer \
      is preferred. That share says little by itself: of unrelated data the widest layer was preferred in \
      .69 of the samples of a simulation. With --permutations, null_share says how often the same layer is \
      preferred there. A sample has fewer different stimuli than the data (some 63 percent), and values of \
      unrelated units rise the fewer there are: such intervals may lie above the value, which \
      bootstrap_mean tells. Every draw repeats the work of the measure; RSA and CKA only reorder \
      for permutations. What is done is kept in OUTPUT.journal, and the same command goes on from there \
      if it was stopped, also with more draws or other measures.

      Both take the stimuli for independent of each other. Stimuli of a few categories, frames of a film and \
      offsets between sessions break that: in simulations of unrelated data p was at most .05 in 43 to 100 % \
      of the data sets, and intervals are far too narrow. --groups names a column of the source's \
      stimuli.tsv, or of --stimulus-table, that says what belongs together: permutations exchange whole \
      groups, all of one size, samples draw whole groups, and 'ridge' holds whole groups out. '--exchange \
      within:session' exchanges stimuli within sessions only, '--exchange shift' shifts the order of rows, \
      which is time in films and speech. Where fewer such orders exist than --permutations, each is taken \
      once, and the smallest possible p is said. Only 'chiasm align' holds stretches of a film out, and \
      takes a --splits-file.

      --pool, --max-units and --project make fewer units of layers, as for 'chiasm align'; RSA, CKA and \
      Procrustes compare distances, which --project keeps.

      Results: measures.csv, preferred.csv, comparison.json; the preferred layers go to stdout, too.

      Examples:

        chiasm compare --source brain --target model --output comparison
        chiasm compare --source brain --target model --measure rsa cka-debiased \\
          --permutations 1000 --bootstrap 1000 --output comparison
        chiasm compare --source brain --target model --match stem \\
          --output comparison
        chiasm compare --source brain --target model --measure ridge \\
          --max-units 500 --output comparison
        chiasm compare --source brain --target model --groups category \\
          --permutations 1000 --output comparison
        chiasm compare --source-rdm rdms.npz --target model \\
          --measure rsa-euclidean-spearman --output comparison
      """)

  @Option(help: ArgumentHelp("The response set whose stages choose.", valueName: "dir"))
  var source: String?

  @Option(help: ArgumentHelp("The response set that they choose from.", valueName: "dir"))
  var target: String?

  @Option(help: ArgumentHelp("RDMs in place of --source.", valueName: "rdm.npy"))
  var sourceRdm: String?

  @Option(help: ArgumentHelp("RDMs in place of --target.", valueName: "rdm.npy"))
  var targetRdm: String?

  @Option(
    help: ArgumentHelp(
      "The names of the rows of RDMs that have none: a table with the column stimulus_id. "
        + "(default: FILE.stimuli.tsv)", valueName: "stimuli.tsv"))
  var stimuli: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "The measures, in the order of the results. (default: the quick ones; of RDMs rsa, cka and "
        + "cka-debiased)", valueName: "a,b"))
  var measure: [NameList] = []

  @OptionGroup var stages: StageOptions
  @OptionGroup(title: "Names of stimuli") var names: StimulusNameOptions

  @Option(help: ArgumentHelp("How often the stimuli are permuted for p-values.", valueName: "n"))
  var permutations = 0

  @Option(
    help: ArgumentHelp("How often the stimuli are resampled for intervals.", valueName: "b"))
  var bootstrap = 0

  @OptionGroup(title: "Stimuli that depend on each other") var dependence: DependenceOptions

  @Option(
    help: "The seed of permutations, samples, subsamples of units and folds, a whole number from 0."
  )
  var seed: UInt64 = 0

  @OptionGroup(title: "Units") var units: UnitOptions

  @Option(help: "Write tables comma-separated, or tab-separated as BIDS has them.")
  var format = TableFormat.csv

  @OptionGroup var threads: ThreadOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    for (name, paths) in [("source", [source, sourceRdm]), ("target", [target, targetRdm])]
    where paths.compactMap(\.self).count != 1 {
      throw ValidationError("Give either --\(name) or --\(name)-rdm.")
    }
  }

  func execute() async throws(WorkflowError) {
    let journal = output.journal(isNeeded: permutations + bootstrap > 0)
    var summary: Report?
    try await output.write(replacing: .comparison, journal: journal) {
      (folder) async throws(WorkflowError) in
      try ReplaceableResult.checkInputs(
        [settings.source, settings.target]
          + [
            stimuli, names.stimulusMap, dependence.stimulusTable, stages.sourceStimuli,
            stages.targetStimuli,
          ].compactMap(\.self),
        against: output.output)
      let threadCount = threads.count(output.messages)
      let run = try ComparisonRun(
        ComparisonInput(reading: settings, threads: threadCount), settings)
      for note in run.notes { output.messages.say(note) }
      let progress = ProgressLine(counting: "tables", isQuiet: output.quiet)
      defer { progress.finish() }
      let result = try await run.run(
        command: output.commandLine, threads: threadCount, journal: journal,
        paths: output.paths(from: folder)
      ) {
        progress.update(
          done: $0.tablesDone, of: $0.tableCount, doneBefore: $0.tablesBefore,
          left: .seconds($0.secondsLeft))
      }
      progress.finish()
      try result.write(to: folder, tables: format)
      summary = result.summary
    }
    try output.tell(summary)
  }

  private var settings: ComparisonSettings {
    var settings = ComparisonSettings(
      source: source ?? sourceRdm ?? "", target: target ?? targetRdm ?? "")
    if sourceRdm != nil { settings.sourceContent = .dissimilarities }
    if targetRdm != nil { settings.targetContent = .dissimilarities }
    settings.stimuli = stimuli
    (settings.sourceStimuli, settings.targetStimuli) = (
      stages.sourceStimuli, stages.targetStimuli
    )
    settings.sourceStages = stages.regions.given
    settings.targetStages = stages.layers.given
    (settings.sourceRole, settings.targetRole) = (stages.sourceRole, stages.targetRole)
    settings.naming = names.naming
    settings.measures =
      measure.given
      ?? (sourceRdm == nil && targetRdm == nil
        ? MeasureCatalogue.quick : MeasureCatalogue.ofDissimilarities)
    settings.dependence = dependence.settings
    settings.permutationCount = permutations
    settings.bootstrapCount = bootstrap
    settings.seed = seed
    settings.pooling = units.pooling
    settings.maximumUnits = units.maxUnits
    settings.projectedUnitCount = units.project
    return settings
  }
}
