import Foundation
import Testing

@Suite("Help")
struct HelpContract {
  private let program = Program(folder: FileManager.default.temporaryDirectory)

  @Test("Without arguments the program shows its help")
  func noArguments() throws {
    let outcome = try program.run()
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("chiasm extract") && outcome.output.contains("SUBCOMMANDS:"))
  }

  @Test("Every subcommand of the help explains itself, with an example")
  func subcommands() throws {
    let help = try program.run("--help").output
    let list = help.split(separator: "SUBCOMMANDS:").last ?? ""
    let names = list.split(separator: "\n").compactMap { line in
      line.hasPrefix("  ") && !line.hasPrefix("   ")
        ? line.split(separator: " ").first.map(String.init) : nil
    }.filter { !["See", "help"].contains($0) }
    #expect(names.contains("extract") && names.contains("align"))
    for name in names {
      let outcome = try program.run(name, "--help")
      #expect(outcome.status == 0 && outcome.output.contains("USAGE: chiasm \(name)"))
      #expect(outcome.output.contains("Example"), "\(name)")
    }
  }

  @Test(
    "The help of extract and align names every option of the design",
    arguments: [
      (
        "extract",
        [
          "image", "trials", "atlas", "roi", "region", "regions-from", "mask", "grid-tolerance",
          "scale",
          "standardize", "repeats", "reliability", "ncsnr", "min-noise-ceiling", "missing",
          "output", "force",
          "quiet",
        ]
      ),
      (
        "align",
        [
          "source", "target", "regions", "layers", "splits", "train-fraction", "splits-file",
          "groups", "stimulus-table", "exchange", "folds", "gap",
          "seed", "controls", "ceiling", "ceiling-floor", "solver", "pool", "max-units", "project",
          "unit-draws", "permutations",
          "bootstrap", "layer-permutations", "score-draws", "outer", "outer-penalty", "outer-mass",
          "stage-weights", "inner-mass", "format", "both-directions", "plans", "source-stimuli",
          "target-stimuli", "source-role", "target-role", "threads", "output", "force", "quiet",
        ]
      ),
      (
        "report",
        ["source", "known", "anatomy", "palette", "no-figures", "output", "force", "quiet"]
      ),
      (
        "figure",
        [
          "output", "format", "size", "font-size", "source", "known", "anatomy", "palette", "force",
        ]
      ),
      (
        "convert",
        ["layers", "pool", "max-units", "project", "seed", "threads", "output", "force", "quiet"]
      ),
      (
        "compare",
        [
          "source", "target", "measure", "regions", "layers", "permutations", "bootstrap", "seed",
          "pool", "max-units", "project", "source-stimuli", "target-stimuli", "source-role",
          "target-role", "format", "threads", "output", "force", "quiet", "groups",
          "stimulus-table",
          "exchange",
        ]
      ),
    ])
  func options(_ command: String, _ options: [String]) throws {
    let help = try program.run(command, "--help").output
    let documented = help.split(separator: "\n")
      .filter { $0.hasPrefix("  -") }
      .flatMap { $0.split(whereSeparator: { $0 == " " || $0 == "," }) }
    for option in options { #expect(documented.contains("--\(option)"), "\(option)") }
  }

  @Test(
    "That categories, films and sessions break p-values is said", arguments: ["align", "compare"])
  func exchangeability(_ command: String) throws {
    let help = try program.run(command, "--help").output
    for word in ["independent", "categories", "film", "sessions", "--groups", "--splits-file"] {
      #expect(help.contains(word), "\(word)")
    }
  }

  @Test("At 80 columns every example of every command can be pasted: no line is broken")
  func examples() throws {
    let outcome = try program.run("--experimental-dump-help")
    let root = try JSONDecoder().decode(ProgramHelp.self, from: Data(outcome.output.utf8)).command
    func check(_ command: ProgramHelp.Command, _ path: [String]) throws {
      for inner in command.subcommands ?? [] where inner.commandName != "help" {
        try check(inner, path + [inner.commandName])
      }
      let shown = Set(
        try program.run(path + ["--help"], under: "COLUMNS=80 exec \"$@\"").output
          .split(separator: "\n").map(String.init))
      for line in (command.discussion ?? "").split(separator: "\n") where line.hasPrefix("  ") {
        #expect(line.count <= 80 && shown.contains(String(line)), "\(path): \(line)")
      }
    }
    try check(root, [])
  }

  @Test("--version names the program and its version")
  func version() throws {
    let outcome = try program.run("--version")
    #expect(outcome.status == 0 && outcome.output.hasPrefix("Chiasm "))
  }
}
