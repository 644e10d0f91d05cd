import ChiasmAlignment
import ArgumentParser

/// `auto`, or a mass, whose range the workflow checks.
struct InnerMass: ExpressibleByArgument {
  let mass: MatchedMass

  init?(argument: String) {
    if argument == "auto" {
      mass = .automatic
    } else if let number = Double(argument) {
      mass = .fixed(number)
    } else {
      return nil
    }
  }
}
