public import ArgumentParser
import ChiasmFiles
import ChiasmReporting
public import ChiasmResults
import ChiasmStatistics
import ChiasmWorkflows
import Glibc

/// `chiasm align`.
struct Align: WorkflowCommand {
  static let configuration = CommandConfiguration(
    abstract: "Align the stages of two response sets by hierarchical optimal transport.",
    discussion: """
      The source is what is explained, usually a brain; the target what explains it, usually a model. \
      Each is a folder as 'chiasm extract' writes it: stimuli.tsv with the column stimulus_id, and a \
      matrix (.npy, stimuli x units) for each stage, in the order of stages.tsv or of their names; or \
      one file of arrays (.npz, .mat, .safetensors, .csv, .npy) that names its stimuli by an array, \
      variable, column or metadata stimulus_id, by a table FILE.stimuli.tsv beside it, or by \
      --source-stimuli and --target-stimuli; FILE:NAME is one array of it. The two are joined by stimulus_id; 6 common \
      stimuli are the fewest, and with fewer than 10 scores mean next to nothing. Where stimuli.tsv has a \
      column 'repeat' ('extract --repeats keep'), the rows of a stimulus are averaged first. Rows keep the \
      source's order, which decides what a seed draws; the target's changes nothing.

      Names are texts and compared whole: '001' is not '1'. Where one side has folders or file endings that \
      the other has not, --match basename joins 'train/cat.png' with 'cat.png', and --match stem with 'cat'. \
      Where names are others, --stimulus-map takes a table (.tsv or .csv) with the columns old and new: an \
      old name counts as the new one in whichever set it stands, before --match. Two stimuli of a set that \
      become one are refused. Results have the source's names; a table for --splits-file may have either's.

      On the training stimuli of each split every pair of stages is matched by exact transport between \
      units, and the stages by exact transport between them; the held-out stimuli give the scores, for \
      HOT and for its controls. Every solve is proven optimal; alignment.json has the proofs.

      Controls, beside 'hot', which is always there: 'perm-p', the coupling's rows in every other order (in 100 \
      of them where there are more than 1,000); \
      'single-best' and 'pairwise-best', the one layer with most mass (of those that tie the one of least cost) or of least cost; 'uniform-p', all \
      layers alike; 'entropy-p', each region's shares given to layers at random (100 times). They mix \
      what HOT predicts and cost next to nothing. 'global', one transport between all units of all \
      stages, takes some three times as long as HOT itself and 8 bytes for every pair of units, of which it \
      takes 64 million at most (else an equal share of every stage's units). 'ridge' is ridge regression on \
      the units of all layers, its penalty chosen by five folds of the training stimuli; it takes some twice \
      as long as HOT and 30 bytes for each unit of the target and stimulus. '--controls all' asks for all.

      Between stages, '--outer balanced' is the published problem: every region has 1/L of the mass and \
      every layer takes 1/M, so that each region must use 1/L of all layers, useful or not. \
      '--outer unbalanced' lets layers take more or less, at a price: --outer-penalty, in the unit of \
      costs (1 is nearly balanced, 0.001 leaves each region its best layers). '--outer partial' moves \
      only --outer-mass of the mass, exactly, and leaves out what costs most; a region that is left out \
      has no share and no score (n/a). '--outer auto' chooses the penalty of each split from 10 between \
      balanced and 0.0001 by 3-fold cross-validation on its training stimuli, which takes four times as \
      long: the most balanced one whose held-out correlation of matched units is within one standard \
      error of the best. outer_path.csv has what every penalty or mass gives. The regions' own masses \
      stay as they are in all but 'partial'; --stage-weights sets them.

      Between units, every voxel and every unit of a layer is matched, whether it has a counterpart or not. \
      '--inner-mass 0.7' matches only 0.7 of the mass of every pair of stages, exactly, and leaves out what \
      costs most; '--inner-mass auto' chooses for each pair and split from 0.1, 0.2 ... 1 the corner of the \
      curve of training costs, which takes some five times as long. Costs are per matched mass. \
      A unit that a pair leaves out gets nothing from it; one that all pairs leave out counts 0 in scores, and \
      is not in the matched ones. inner_path.csv has the masses and their costs. Not with --solver sinkhorn.

      The score goes one way: how well the target's units predict the source's. --both-directions aligns \
      the other way, too, over the same splits and units, into OUTPUT/reverse: a whole alignment for \
      inspect, report and figure, with --regions naming its target's stages and --layers its source's. \
      Its scores are normalised only where the target has noise ceilings in all stages, and it has maps only \
      where the target's units have places.

      Layers of maps or tokens, or of very many units: --pool makes a channel, a cell of it or a dimension the \
      unit, --max-units draws units, --project mixes them at random and keeps distances only. \
      --unit-draws tells how far the result depends on which units were taken and on the width of layers, in unit_draws.csv.

      Examples:

        chiasm align --source brain --target model --output alignment
        chiasm align --source brain --target model --outer auto --output alignment
        chiasm align --source brain --target model --inner-mass auto \\
          --output alignment
        chiasm align --source brain --target model --splits-file splits.tsv \\
          --output alignment
        chiasm align --source brain --target model --match stem --output alignment
        chiasm align --source brain --target model --stimulus-map names.tsv \\
          --output alignment
        chiasm align --source brain --target model --controls all --ceiling \\
          --output alignment
        chiasm align --source brain --regions V1 V2 hV4 \\
          --target model --layers conv1 conv5 --splits 10 --train-fraction 0.9 \\
          --seed 1 --plans --output alignment
        chiasm align --source brain --target model \\
          --permutations 1000 --bootstrap 1000 --output alignment
        chiasm align --source brain --target model --pool mean --max-units 500 \\
          --unit-draws 20 --output alignment
        chiasm align --source brain1 --target brain2 --both-directions \\
          --output alignment

      --permutations asks whether brain and model have anything to do with each other: the target's \
      stimuli are put in random order and everything is fitted anew. p = (1 + draws at least as good) / \
      (1 + draws), for the score, the order of the stages, costs and shares, in nulls.csv; p_corrected there is \
      that of a single stage or pair corrected for their number, by the best of all of them in each draw. --bootstrap \
      draws stimuli with replacement and fits anew: intervals of shares and depths, in intervals.csv. \
      Both may take long; what is done is kept in OUTPUT.journal, and the same command goes on from \
      there if it was stopped. The score always has an interval, with the fits kept, and the coupling is \
      always compared with other orders of the target's stages, and with random maps: the costs of each \
      region moved to a random place among the layers, and the coupling fitted anew.

      Permutations and intervals take the stimuli for independent of each other. Stimuli of a few categories, \
      frames of a film and offsets between sessions break that. In simulations of a brain and a model without \
      any relation, p was at most .05 in 100 % of the data sets with 6 categories and in 43 % of those with \
      20, in 51 % with an autocorrelation of .5 along time and 100 % with .9, in 75 % with offsets between \
      sessions, and 95 % intervals held the true score in 13 to 33 %. --groups names a column of the source's \
      stimuli.tsv, or of --stimulus-table, that says what belongs together: every split leaves whole groups \
      out (--train-fraction of the groups train; '--folds random' holds each out once), intervals draw whole \
      groups, and permutations exchange whole groups, which takes groups of one size. '--exchange \
      within:session' exchanges stimuli within sessions only, whatever their sizes: the test then asks nothing \
      about what differs between sessions. For films and speech, whose order of rows is time, '--folds \
      contiguous' holds out stretches and --gap leaves out what is next to them on either side; permute \
      whole stretches longer than the memory (a column of segments), or shift the order ('--exchange shift', \
      the default without groups). Where fewer such orders exist than --permutations, each is taken once, \
      and the smallest possible p is said: 1/720 for 6 groups, 1/24 for 4. A --splits-file may not have a \
      group on both sides. Where nothing is said of it but the responses of both sides show that stimuli \
      depend on each other, a line says so.

        chiasm align --source brain --target model --groups category \\
          --permutations 1000 --output alignment
        chiasm align --source brain --target model --groups session \\
          --exchange within:session --permutations 1000 --output alignment
        chiasm align --source film --target model --groups segment \\
          --folds contiguous --gap 10 --permutations 1000 --output alignment
        chiasm align --source film --target model --folds contiguous --gap 10 \\
          --stimulus-table times.tsv --exchange whole:segment \\
          --permutations 1000 --output alignment
      """)

  @Option(help: ArgumentHelp("The response set that is explained.", valueName: "dir"))
  var source: String

  @Option(help: ArgumentHelp("The response set that explains it.", valueName: "dir"))
  var target: String

  @OptionGroup var stages: StageOptions
  @OptionGroup(title: "Names of stimuli") var names: StimulusNameOptions

  @Option(
    help: ArgumentHelp("How many random splits of the stimuli. (default: 5)", valueName: "n"))
  var splits: Int?

  @Option(
    help: ArgumentHelp("The share of stimuli to train on. (default: 0.8)", valueName: "share"))
  var trainFraction: Double?

  @Option(
    help: ArgumentHelp(
      "Splits of your own: stimulus_id, then a column a split with train, test or n/a.",
      valueName: "splits.tsv"))
  var splitsFile: String?

  @OptionGroup(title: "Stimuli that depend on each other") var dependence: DependenceOptions
  @OptionGroup(title: "Stimuli that depend on each other") var folds: FoldOptions

  @Option(help: "The seed of splits, permutations and subsamples, a whole number from 0.")
  var seed: UInt64 = 0

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "What HOT is compared with: all, or a list of perm-p, single-best, pairwise-best, uniform-p, "
        + "entropy-p, global and ridge. (default: all but global and ridge)",
      valueName: "a,b"))
  var controls: [ControlNames] = []

  @Flag(
    help: ArgumentHelp(
      "Also give scores divided by the square root of each unit's noise ceiling, which is in the "
        + "source's tables of units; matched scores also by those of a target that has them."))
  var ceiling = false

  @Option(
    help: ArgumentHelp(
      "With --ceiling, leave out units with a ceiling below this share of variance. (default: 0.1)",
      valueName: "share"))
  var ceilingFloor: Double?

  @Option(help: "Solve the transport between units exactly, or approximately with a certified gap.")
  var solver = AlignmentSettings.Solver.exact

  @OptionGroup(title: "Units") var units: UnitOptions

  @Option(
    help: ArgumentHelp(
      "Permute the target's stimuli and fit everything anew so often, for p-values.",
      valueName: "n"))
  var permutations = 0

  @Option(
    help: ArgumentHelp(
      "Draw stimuli with replacement and fit everything anew so often, for intervals.",
      valueName: "n"))
  var bootstrap = 0

  @Option(
    help: ArgumentHelp(
      "Compare the coupling with so many orders of the target's stages, and with as many random maps; "
        + "with all if there are no more, with none if 0.", valueName: "n"))
  var layerPermutations = 1000

  @Option(
    help: ArgumentHelp(
      "Draw the held-out stimuli so often for the intervals of the score; none if 0.",
      valueName: "n"))
  var scoreDraws = 1000

  @Option(
    help: ArgumentHelp(
      "Draw equally many units of every stage so often and fit everything anew: how far the result "
        + "depends on which units were taken, and on the width of stages. As many as --max-units says, at most "
        + "those of the smallest stage.", valueName: "n"))
  var unitDraws: Int?

  @Option(help: "Write tables comma-separated, or tab-separated as BIDS has them.")
  var format = TableFormat.csv

  @OptionGroup(title: "Transport between stages") var outer: OuterOptions

  @Option(
    help: ArgumentHelp(
      "How much of the units of two stages is matched, above 0 to 1, or auto: chosen for each pair "
        + "and split. (default: 1)", valueName: "mass"))
  var innerMass: InnerMass?

  @Flag(
    help: ArgumentHelp(
      "Align the other way, too: the target explained by the source, into OUTPUT/reverse, an alignment "
        + "of its own over the same splits and units."))
  var bothDirections = false

  @Flag(help: "Write the unit plans too, for scipy.sparse.load_npz.")
  var plans = false

  @OptionGroup var threads: ThreadOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    if ceilingFloor != nil && !ceiling {
      throw ValidationError("--ceiling-floor needs --ceiling.")
    }
    if splitsFile != nil && (splits != nil || trainFraction != nil) {
      throw ValidationError("Give either --splits-file, or --splits and --train-fraction.")
    }
    if folds.folds != nil && trainFraction != nil {
      throw ValidationError("Give either --folds or --train-fraction: folds train on all the rest.")
    }
  }

  func execute() async throws(WorkflowError) {
    let threadCount = threads.count(output.messages)
    let journal = output.journal(isNeeded: permutations + bootstrap > 0)
    let reverseJournal = journal.map { $0 + ".reverse" }
    var summary: Report?
    try await output.write(replacing: .alignment, journal: journal) {
      (folder) async throws(WorkflowError) in
      try ReplaceableResult.checkInputs(
        [source, target]
          + [
            splitsFile, names.stimulusMap, dependence.stimulusTable, stages.sourceStimuli,
            stages.targetStimuli,
          ].compactMap(\.self),
        against: output.output)
      let run = try AlignmentRun(
        AlignmentInput(reading: settings, threads: threadCount), settings)
      let reverse = bothDirections ? try run.reversed() : nil
      for note in run.notes { output.messages.say(note) }
      let result = try await carryOut(run, threads: threadCount, journal: journal, into: folder)
      guard let reverse else { return summary = result.summary() }
      output.messages.say("The other way, \(target) explained by \(source):")
      for note in reverse.notes where !run.notes.contains(note) { output.messages.say(note) }
      let other = try await folder.inside(AlignmentResult.reverseFolder) {
        (folder) async throws(WorkflowError) in
        try await carryOut(reverse, threads: threadCount, journal: reverseJournal, into: folder)
      }
      summary = result.summary(reverse: other)
    }
    if let reverseJournal { Journal.remove(path: reverseJournal) }
    try output.tell(summary)
  }

  /// Aligns one way, writes the result and says what came out.
  private func carryOut(
    _ run: AlignmentRun, threads: Int, journal: String?, into folder: OutputFolder
  ) async throws(WorkflowError) -> FinishedAlignment {
    let start = ContinuousClock.now
    let isResumed = journal.map { access($0, F_OK) == 0 } ?? false
    let progress = ProgressLine(counting: "pairs", isQuiet: output.quiet)
    defer { progress.finish() }
    let replicates = ProgressLine(counting: "replicates", isQuiet: output.quiet)
    defer { replicates.finish() }
    let result = try await run.run(
      command: output.commandLine, threads: threads, journal: journal,
      paths: output.paths(from: folder),
      progress: { progress.update(done: $0.plansDone, of: $0.planCount) },
      replicateProgress: {
        progress.finish()
        replicates.update(
          done: $0.done, of: $0.count, doneBefore: $0.doneBefore, words: $0.words)
      })
    progress.finish()
    replicates.finish()
    try result.write(to: folder, tables: format, withPlans: plans)
    try RunRecord(
      elapsed: ContinuousClock.now - start, threads: threads, resumed: isResumed
    ).write(to: folder)
    for line in result.messages { output.messages.say(line) }
    return result
  }

  private var settings: AlignmentSettings {
    var settings = AlignmentSettings(source: source, target: target)
    (settings.sourceStimuli, settings.targetStimuli) = (
      stages.sourceStimuli, stages.targetStimuli
    )
    settings.sourceStages = stages.regions.given
    settings.targetStages = stages.layers.given
    (settings.sourceRole, settings.targetRole) = (stages.sourceRole, stages.targetRole)
    settings.naming = names.naming
    settings.splitCount = splits ?? settings.splitCount
    settings.trainingFraction = trainFraction ?? settings.trainingFraction
    settings.splitsFile = splitsFile
    settings.dependence = folds.adding(to: dependence.settings)
    if !controls.isEmpty { settings.controls = controls.flatMap(\.names) }
    settings.ceilingFloor = ceiling ? ceilingFloor ?? CeilingNormalization.defaultFloor : nil
    settings.seed = seed
    settings.outer = outer.settings
    settings.innerMass = innerMass?.mass ?? settings.innerMass
    settings.solver = solver
    settings.pooling = units.pooling
    settings.maximumUnits = units.maxUnits
    settings.projectedUnitCount = units.project
    settings.permutationCount = permutations
    settings.bootstrapCount = bootstrap
    settings.layerPermutationCount = layerPermutations
    settings.scoreDrawCount = scoreDraws
    settings.unitDrawCount = unitDraws
    return settings
  }
}

extension AlignmentSettings.Solver: ExpressibleByArgument {}
extension TableFormat: ExpressibleByArgument {}
