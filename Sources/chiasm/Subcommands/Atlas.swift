import ArgumentParser
import ChiasmWorkflows

/// `chiasm atlas`.
struct Atlas: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List and show region schemes.",
    discussion: """
      A scheme names the labels of an atlas and says how they make V1, V2 and so on; 'chiasm extract \
      --regions-from' takes it by name. The volumes themselves come from where the scheme says.

      Examples:

        chiasm atlas list
        chiasm atlas show nsd
      """,
    subcommands: [List.self, Show.self])

  /// `chiasm atlas list`.
  struct List: WorkflowCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the region schemes, each with a line about it.",
      discussion: """
        Examples:

          chiasm atlas list
          chiasm atlas list --atlases my-atlases --json
        """)

    @OptionGroup var schemes: SchemeOptions

    @Flag(help: "Write JSON.")
    var json = false

    func execute() async throws(WorkflowError) {
      try Results.write(Inspection(schemesIn: try schemes.folder), asJSON: json)
    }
  }

  /// `chiasm atlas show`.
  struct Show: WorkflowCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show a region scheme: where its volume comes from, its regions, its tables.",
      discussion: """
        Examples:

          chiasm atlas show nsd
          chiasm atlas show hcp-mmp1 --json
        """)

    @Argument(help: ArgumentHelp("A name of 'chiasm atlas list'.", valueName: "scheme"))
    var scheme: String

    @OptionGroup var schemes: SchemeOptions

    @Flag(help: "Write JSON.")
    var json = false

    func execute() async throws(WorkflowError) {
      try Results.write(Inspection(scheme: scheme, in: try schemes.folder), asJSON: json)
    }
  }
}
