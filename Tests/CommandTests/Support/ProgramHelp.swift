import Foundation

/// The help of the program as `--experimental-dump-help` prints it for other programs.
struct ProgramHelp: Decodable {
  let command: Command

  struct Command: Decodable {
    let commandName: String
    let abstract: String?
    let discussion: String?
    let arguments: [Argument]?
    let subcommands: [Command]?
  }

  struct Argument: Decodable {
    let kind: Kind
    let names: [Name]?
    let valueName: String?
    let abstract: String?
    let defaultValue: String?
    let allValues: [String]?
    let sectionTitle: String?
    let isOptional: Bool
    let isRepeating: Bool
    let shouldDisplay: Bool
  }

  enum Kind: String, Decodable { case positional, option, flag }

  struct Name: Decodable {
    let kind: String
    let name: String
    /// As it is typed.
    var text: String { (kind == "long" ? "--" : "-") + name }
  }
}

extension ProgramHelp.Argument {
  /// As it is typed, with the name of its value: `--image <image.nii.gz> …`, or `--output <dir>`.
  var usage: String {
    let value = "<\(valueName ?? "value")>"
    let name = names?.first { $0.kind == "long" } ?? names?.first
    let words: [String?] =
      switch kind {
      case .positional: [value]
      case .flag: [name?.text]
      case .option: [name?.text, value]
      }
    return (words.compactMap(\.self) + (isRepeating ? ["…"] : [])).joined(separator: " ")
  }

  /// Its short name as it is typed.
  var shortName: String? { names?.first { $0.kind == "short" }?.text }

  /// What every command has, and is said once.
  var isCommon: Bool {
    names?.contains { ["version", "help"].contains($0.name) } ?? false
  }

  /// What it does without the default, and the default, which some of the texts have themselves.
  var meaning: (text: String, fallback: String) {
    let text = abstract ?? ""
    guard let match = text.firstMatch(of: #/ ?\(default: ([^()]*)\)/#) else {
      return (text, defaultValue ?? "")
    }
    return (text.replacing(match.output.0, with: ""), String(match.output.1))
  }
}
