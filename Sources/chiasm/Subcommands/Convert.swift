import ArgumentParser
import ChiasmFiles
import ChiasmResults
import ChiasmWorkflows
import Foundation

/// `chiasm convert`.
struct Convert: WorkflowCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write response sets anew: as a folder or an .npz, with fewer stages or units.",
    discussion: """
      Takes every response set that 'chiasm align' takes, and writes its stages in their order as a folder \
      (stimuli.tsv, stages.tsv and an .npy a stage) or, where OUTPUT ends in .npz, as one file with an array \
      a stage. Several sets over the same stimuli, in the same order, become one with the stages of all. \
      Numbers are float32 where the type of the file fits into it, else float64. Layers are read some \
      stimuli at a time, so that they may be larger than the memory.

      --pool, --max-units and --project are those of 'chiasm align', and give the same numbers for the same \
      seed; units of a brain are neither pooled nor projected. Into a folder the tables of stimuli, and places and \
      noise ceilings of units, are copied; an .npz has no place for the latter. provenance.json (in an .npz \
      the text 'provenance') says what was read, with its SHA-256, and how.

      Examples:

        chiasm convert model --pool mean --output pooled
        chiasm convert model.npz --layers conv1 conv5 --project 1000 --seed 1 \\
          --output projected.npz
        chiasm convert early late --output model
      """)

  @Argument(help: ArgumentHelp("Response sets: folders or files.", valueName: "in"))
  var inputs: [String]

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Stages that are written, in order (default: all).", valueName: "a,b"))
  var layers: [NameList] = []

  @OptionGroup(title: "Units") var units: UnitOptions

  @Option(help: "The seed of draws and projections.")
  var seed: UInt64 = 0

  @OptionGroup var threads: ThreadOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func execute() async throws(WorkflowError) {
    let format = try ConversionFormat(path: output.output)
    if format != .folder, output.output == "-" || AtomicFile.isStream(output.output) {
      throw .setting(
        name: "--output", expected: "the name of a folder or a file", actual: output.output)
    }
    let threadCount = threads.count(output.messages)
    if format == .folder {
      try await output.write(replacing: .conversion) { (folder) async throws(WorkflowError) in
        let paths = output.paths(from: folder)
        try carryOut(threadCount) { (run, command, progress) throws(WorkflowError) in
          try run.write(to: folder, command: command, paths: paths, progress: progress)
        }
      }
    } else {
      let place = ResultPlace(
        path: output.output, isForced: output.force, messages: output.messages)
      try await place.writeFile { (path) async throws(WorkflowError) in
        let paths = output.paths(besideFile: output.output)
        try carryOut(threadCount) { (run, command, progress) throws(WorkflowError) in
          for note in run.lossNotes { output.messages.say(note) }
          try run.write(format, to: path, command: command, paths: paths, progress: progress)
        }
      }
    }
    output.messages.say("Written: \(output.output)")
  }

  private func carryOut(
    _ threads: Int,
    _ write: (ConversionRun, String, @escaping (ConversionRun.Progress) -> Void)
      throws(WorkflowError) -> Void
  ) throws(WorkflowError) {
    try ReplaceableResult.checkInputs(inputs, against: output.output)
    let run = try ConversionRun(settings, threads: threads)
    for note in run.notes { output.messages.say(note) }
    let progress = ProgressLine(counting: "rows", isQuiet: output.quiet)
    defer { progress.finish() }
    try write(run, output.commandLine) { progress.update(done: $0.rowsDone, of: $0.rowCount) }
  }

  private var settings: ConversionSettings {
    var settings = ConversionSettings(inputs: inputs)
    settings.stages = layers.given
    settings.pooling = units.pooling
    settings.maximumUnits = units.maxUnits
    settings.projectedUnitCount = units.project
    settings.seed = seed
    return settings
  }
}
