/// The command line as it could be typed again, for the record of a result.
func commandLineText(_ arguments: [String] = CommandLine.arguments) -> String {
  (["chiasm"] + arguments.dropFirst().map(quoted)).joined(separator: " ")
}

/// Quotes an argument for a shell where it needs that.
private func quoted(_ argument: String) -> String {
  let plain = argument.unicodeScalars.allSatisfy {
    $0.properties.isAlphabetic || ("0"..."9").contains($0)
      || "_-./=+:,@%".unicodeScalars.contains($0)
  }
  if plain && !argument.isEmpty { return argument }
  return "'"
    + argument.split(separator: "'", omittingEmptySubsequences: false)
    .joined(separator: "'\\''") + "'"
}
