/// The page of all commands and their options, made from the program's own help.
struct OptionsPage {
  let help: ProgramHelp

  /// Markdown, a line an element.
  var lines: [String] {
    let root = help.command
    let commands = (root.subcommands ?? []).filter { $0.commandName != "help" }
      .flatMap { Self.commands($0, after: root.commandName) }
    let index = commands.map { name, command in
      let anchor = name.replacing(" ", with: "-")
      return "| [`\(name)`](#\(anchor)) | \(Self.cell(command.abstract ?? "")) |"
    }
    return [
      "# Commands and options", "",
      "<!-- Made from the program by the tests: CHIASM_WRITE_DOCUMENTATION=1 swift test --filter "
        + "OptionsPageContract -->", "",
      "This page has what `\(root.commandName) help` and `\(root.commandName) help <command>` print. "
        + "A test makes it from the program.", "",
      "| command | does |", "| --- | --- |",
    ] + index + [""] + Self.prose(root.discussion ?? "")
      + [
        "Every command also has `--help` (`-h`) and `--version`. In the tables below, `…` stands after what "
          + "may be given several times, separated by blanks."
      ].flatMap { Self.wrapped($0) } + [""]
      + commands.flatMap { Self.section(of: $0.command, named: $0.name) }
  }

  /// A command that does something, or the ones below it, with their full names.
  private static func commands(
    _ command: ProgramHelp.Command, after parent: String
  ) -> [(name: String, command: ProgramHelp.Command)] {
    let name = parent + " " + command.commandName
    return [(name, command)]
      + (command.subcommands ?? []).flatMap { commands($0, after: name) }
  }

  private static func section(of command: ProgramHelp.Command, named name: String) -> [String] {
    let arguments = (command.arguments ?? []).filter { $0.shouldDisplay && !$0.isCommon }
    let needed =
      arguments.filter { $0.kind == .positional }
      + arguments.filter { $0.kind != .positional && !$0.isOptional }
    let isGroup = command.subcommands?.isEmpty == false
    var usage = [name] + (isGroup ? ["<command>"] : needed.map(\.usage))
    if needed.count < arguments.count { usage.append("[options]") }
    let synopsis = wrapped(
      usage.joined(separator: " "), at: 90, indent: "  ", continued: " \\")
    var lines = ["## \(name)", ""] + prose(command.abstract ?? "")
    lines += ["```"] + synopsis + ["```", ""]
    return lines + prose(command.discussion ?? "") + tables(of: arguments)
  }

  /// A table for the options without a title, then one for each title.
  private static func tables(of arguments: [ProgramHelp.Argument]) -> [String] {
    var titles: [String?] = [nil]
    for argument in arguments where !titles.contains(argument.sectionTitle) {
      titles.append(argument.sectionTitle)
    }
    return titles.flatMap { title -> [String] in
      let rows = arguments.filter { $0.sectionTitle == title }.map(row)
      if rows.isEmpty { return [] }
      let heading = title.map { ["**\($0)**", ""] } ?? []
      return heading + ["| option | does | default |", "| --- | --- | --- |"] + rows + [""]
    }
  }

  private static func row(_ argument: ProgramHelp.Argument) -> String {
    let (text, fallback) = argument.meaning
    let values = argument.allValues.map { values in
      " One of " + values.map { "`\($0)`" }.joined(separator: ", ") + "."
    }
    let names = ["`\(argument.usage)`"] + (argument.shortName.map { ["`\($0)`"] } ?? [])
    let cells = [
      names.joined(separator: ", "), marked(text) + (values ?? ""),
      argument.isOptional ? fallback : "needed",
    ]
    return "| " + cells.map(cell).joined(separator: " | ") + " |"
  }

  private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}

extension OptionsPage {
  /// A discussion as Markdown: paragraphs are wrapped, and what is indented is shown as it stands.
  private static func prose(_ text: String) -> [String] {
    text.split(separator: "\n\n").flatMap { paragraph -> [String] in
      let lines = paragraph.split(separator: "\n").map(String.init)
      let margin = lines.map { $0.prefix { $0 == " " }.count }.min() ?? 0
      // A line that is indented and ends in a colon says what the example below it is.
      if margin == 0 || lines.last?.hasSuffix(":") == true {
        return wrapped(marked(lines.joined(separator: " "))) + [""]
      }
      return ["```"] + lines.map { String($0.dropFirst(margin)) } + ["```", ""]
    }
  }

  /// Words in single quotes are what one types, and so are the names of options.
  private static func marked(_ text: String) -> String {
    let quoted = text.replacing(#/(?<before>^|[ (])'(?<code>[^']+)'(?!\w)/#) { match in
      "\(match.output.before)`\(match.output.code)`"
    }
    return quoted.split(separator: "`", omittingEmptySubsequences: false).map(String.init)
      .enumerated()
      .map { place, text in
        place.isMultiple(of: 2)
          ? text.replacing(#/--[a-z]+(-[a-z]+)*/#) { "`\($0.output.0)`" } : text
      }
      .joined(separator: "`")
  }

  /// Lines of a paragraph. What would make a list or a heading of a line does not begin one.
  private static func wrapped(
    _ text: String, at width: Int = 105, indent: String = "", continued: String = ""
  ) -> [String] {
    var lines: [String] = []
    // What stands in backticks stays together.
    for word in text.matches(of: #/(`[^`]*`|[^` ])+/#).map(\.output.0) {
      let mayBegin = word.firstMatch(of: #/^([-+*#>=|]+|\d+[.)])$/#) == nil
      if let line = lines.last, !mayBegin || line.count + 1 + word.count <= width {
        lines[lines.count - 1] = line + " " + word
      } else {
        if !lines.isEmpty { lines[lines.count - 1] += continued }
        lines.append((lines.isEmpty ? "" : indent) + word)
      }
    }
    return lines
  }
}
