import ArgumentParser
import Foundation

/// How much of the machine a command takes.
struct ThreadOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How many threads work at once; changes no number. (default: SLURM_CPUS_PER_TASK, or all "
        + "cores)", valueName: "n"))
  var threads: Int?

  func validate() throws {
    if let threads, threads < 1 {
      throw ValidationError("--threads is \(threads), but must be at least 1.")
    }
  }

  /// The number asked for, that of the Slurm task, or that of the cores.
  var count: Int {
    let slurm = ProcessInfo.processInfo.environment["SLURM_CPUS_PER_TASK"].flatMap { Int($0) }
    return threads ?? slurm.flatMap { $0 > 0 ? $0 : nil }
      ?? ProcessInfo.processInfo.activeProcessorCount
  }
}
