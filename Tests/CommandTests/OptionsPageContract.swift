import Foundation
import TestSupport
import Testing

@Suite("Documentation/options.md")
struct OptionsPageContract {
  private static let page = SharedData.packageRoot.appending(path: "Documentation/options.md")

  @Test("It says what the program says; CHIASM_WRITE_DOCUMENTATION=1 writes it anew")
  func pageIsInStep() throws {
    let program = Program(folder: FileManager.default.temporaryDirectory)
    let outcome = try program.run("--experimental-dump-help")
    #expect(outcome.status == 0)
    let help = try JSONDecoder().decode(ProgramHelp.self, from: Data(outcome.output.utf8))
    let lines = OptionsPage(help: help).lines
    if ProcessInfo.processInfo.environment["CHIASM_WRITE_DOCUMENTATION"] == "1" {
      try Data(lines.joined(separator: "\n").utf8).write(to: Self.page)
    }
    let written = try String(contentsOf: Self.page, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let differences = lines.difference(from: written)
    #expect(
      differences.isEmpty,
      """
      The program says something else now. Write the page anew, and look at what changed: \
      CHIASM_WRITE_DOCUMENTATION=1 swift test --filter OptionsPageContract
      """)
  }

  @Test("Prose, examples, defaults, choices and needed options come out as they went in")
  func pageIsWhole() throws {
    let lines = OptionsPage(
      help: ProgramHelp(
        command: ProgramHelp.Command(
          commandName: "tool", abstract: "Does.", discussion: nil, arguments: nil,
          subcommands: [Self.command]))
    ).lines
    let start = try #require(lines.firstIndex(of: "## tool cut"))
    #expect(
      Array(lines[start...]) == [
        "## tool cut", "", "Cuts.", "", "```", "tool cut <path> --size <n> … [options]", "```", "",
        "Takes `tool lay` and the region's 'rest.", "", "Examples:", "", "Two at once:", "",
        "```", "tool cut a \\", "  --size 1", "```", "", "| option | does | default |",
        "| --- | --- | --- |", "| `<path>` | The file. | needed |",
        "| `--size <n> …`, `-s` | How \\| long. | needed |",
        "| `--kind <kind>` | Which. One of `a`, `b`. | a |", "", "**Output**", "",
        "| option | does | default |", "| --- | --- | --- |",
        "| `--force` | Replaces. | never |", "",
      ])
  }

  private static let command = ProgramHelp.Command(
    commandName: "cut", abstract: "Cuts.",
    discussion: """
      Takes 'tool lay' and the region's 'rest.

      Examples:

        Two at once:

          tool cut a \\
            --size 1
      """,
    arguments: [
      argument(.flag, "force", "Replaces (default: never).", section: "Output"),
      argument(.positional, nil, "The file.", value: "path", isOptional: false),
      argument(
        .option, "size", "How | long.", short: "s", value: "n", isOptional: false, isRepeating: true
      ),
      argument(.option, "kind", "Which.", value: "kind", fallback: "a", values: ["a", "b"]),
      argument(.flag, "help", "Shows help."),
    ], subcommands: nil)

  private static func argument(
    _ kind: ProgramHelp.Kind, _ name: String?, _ abstract: String, short: String? = nil,
    value: String? = nil, fallback: String? = nil, values: [String]? = nil,
    section: String? = nil, isOptional: Bool = true, isRepeating: Bool = false
  ) -> ProgramHelp.Argument {
    let names = [short.map { ("short", $0) }, name.map { ("long", $0) }].compactMap(\.self)
    return ProgramHelp.Argument(
      kind: kind, names: names.map { ProgramHelp.Name(kind: $0.0, name: $0.1) }, valueName: value,
      abstract: abstract, defaultValue: fallback, allValues: values, sectionTitle: section,
      isOptional: isOptional, isRepeating: isRepeating, shouldDisplay: true)
  }
}
