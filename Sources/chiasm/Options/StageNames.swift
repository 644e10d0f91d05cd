import ArgumentParser

/// Names of stages, separated by commas.
struct StageNames: ExpressibleByArgument {
  let names: [String]

  init?(argument: String) {
    names = words(of: argument)
    if names.contains("") { return nil }
  }
}

/// What stands between the commas of an argument, nothing where two meet.
func words(of argument: String) -> [String] {
  argument.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
}
