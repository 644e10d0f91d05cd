import ArgumentParser

@main
struct Chiasm: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chiasm",
    abstract: "Align human visual cortex with vision models.")
}
