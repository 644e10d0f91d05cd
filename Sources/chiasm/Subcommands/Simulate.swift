public import ArgumentParser
import ChiasmFiles
public import ChiasmWorkflows

/// `chiasm simulate`.
struct Simulate: WorkflowCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a small brain and a model with a known answer.",
    discussion: """
      Writes recordings (NIfTI) with a trial table, a label image of visual areas and noise ceilings; \
      a model of six layers; and truth.tsv, which names the layer that each region was made from. \
      README.txt in the folder has the commands that find the layers again. Equal settings and seed \
      give equal data.

      --groups makes stimuli that depend on each other, as categories, the frames of a film (each a memory of \
      the last plus something new) and sessions with offsets do, and a table stimuli.tsv that says which \
      belong together. With --unrelated the brain is made from a hidden model, so that brain and model have \
      nothing in common but that: what finds something then gives a false alarm.

      Examples:

        chiasm simulate --output demo
        chiasm simulate --stimuli 60 --sessions 2 --noise 2 --seed 7 --output demo
        chiasm simulate --stimuli 300 --groups film:0.9 --unrelated --output film
      """)

  @Option(help: ArgumentHelp("How many stimuli, at least 12.", valueName: "n"))
  var stimuli = SimulationSettings().stimulusCount

  @Option(help: ArgumentHelp("How many sessions; each shows every stimulus once.", valueName: "n"))
  var sessions = SimulationSettings().sessionCount

  @Option(help: ArgumentHelp("Multiply the noise of every voxel, 0 to 10.", valueName: "factor"))
  var noise = SimulationSettings().noise

  @Option(
    help: ArgumentHelp(
      "Stimuli that depend on each other: categories:6, film:0.9 (the correlation of each with the next) or "
        + "sessions:5, in place of --sessions.", valueName: "kind:number"))
  var groups: SimulatedDependence?

  @Flag(help: "Make a brain that has nothing to do with the model.")
  var unrelated = false

  @Option(help: "The seed of everything that is drawn, a whole number from 0.")
  var seed = SimulationSettings().seed

  @OptionGroup(title: "Output") var output: OutputOptions

  func execute() async throws(WorkflowError) {
    let simulation = try Simulation(settings)
    try await output.write(replacing: .simulation) { (folder) async throws(WorkflowError) in
      try simulation.write(to: folder, command: output.commandLine)
    }
    output.messages.say(simulation.summary)
    output.messages.say("Written: \(output.output)")
  }

  private var settings: SimulationSettings {
    var settings = SimulationSettings()
    settings.stimulusCount = stimuli
    settings.sessionCount = sessions
    settings.noise = noise
    settings.seed = seed
    (settings.dependence, settings.isRelated) = (groups, !unrelated)
    return settings
  }
}

extension SimulatedDependence: ExpressibleByArgument {}
