import ArgumentParser
import ChiasmResults

struct Chiasm: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chiasm",
    abstract: "Align human visual cortex with vision models.",
    discussion: """
      Two commands do the work:

        chiasm extract   recordings, regions, trial table -> responses of a brain
        chiasm align     two sets of responses -> couplings, scores and maps

      Then one shows it, and one draws figures for a paper:

        chiasm report    an alignment -> one page with figures
        chiasm figure    one figure of an alignment -> SVG, PDF or PNG

      And one compares: chiasm compare gives the values of RSA, CKA, matching and the like for all \
      pairs of stages, with nulls and intervals. chiasm convert writes a set of responses anew, with fewer \
      units.

      Every subcommand explains itself with --help and has worked examples there. Names in a list \
      are separated by spaces or commas, paths by spaces. Results go to files, messages to stderr. \
      Nothing is overwritten without --force, and a run that fails or is stopped leaves no output \
      behind, but for OUTPUT.journal, from which the same command goes on.

      Exit status: 0 done, 64 wrong usage, 65 wrong data, 66 input missing, 70 internal fault, \
      73 output cannot be written, 128 + signal when interrupted.
      """,
    version: "\(Software.name) \(Software.version)",
    subcommands: [
      Extract.self, Align.self, ReportCommand.self, FigureCommand.self, Compare.self, Convert.self,
      Inspect.self, Transport.self, Atlas.self, Simulate.self,
    ])

  /// What the parser's messages begin with, as all do (`Messages.fail`).
  static var _errorPrefix: String { "chiasm: " }
}
