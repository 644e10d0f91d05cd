import ArgumentParser
import ChiasmResults
import Foundation

/// Some of the names that an option is given: one argument, which commas may divide. An option takes
/// several, so that spaces and commas separate names alike.
struct NameList: ExpressibleByArgument {
  let names: [String]

  init?(argument: String) {
    guard let names = Self.names(in: argument, divisor: #/,/#) else { return nil }
    self.names = names
  }

  /// What stands between commas, without blanks around it; nil where a name is missing. A comma at an
  /// end of the argument stands beside a space of the command line.
  static func names(in argument: String, divisor: some RegexComponent) -> [String]? {
    var names = argument.split(separator: divisor, omittingEmptySubsequences: false).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    let isDivided = names.count > 1
    if isDivided && names.last == "" { names.removeLast() }
    if isDivided && names.first == "" { names.removeFirst() }
    return names.contains("") ? nil : names
  }
}

extension [NameList] {
  /// All names in their order; nil where the option is not given.
  var given: [String]? { isEmpty ? nil : flatMap(\.names) }
}

/// Definitions of regions. A comma and a blank within the name of a label, as some atlases have them,
/// divide nothing: `LOC=Lateral Occipital Cortex, superior division`.
struct RegionDefinitions: ExpressibleByArgument {
  let definitions: [String]

  init?(argument: String) {
    guard let names = NameList.names(in: argument, divisor: #/,(?=\S|$|[^,]*=)/#) else {
      return nil
    }
    definitions = names
  }
}

/// Names of controls, or `all`.
struct ControlNames: ExpressibleByArgument {
  let names: [ControlName]

  init?(argument: String) {
    if argument == "all" {
      names = ControlName.allCases
      return
    }
    let controls = NameList(argument: argument)?.names.map(ControlName.init(rawValue:))
    guard let controls, !controls.contains(nil) else { return nil }
    names = controls.compactMap(\.self)
  }
}
