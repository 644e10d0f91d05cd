import ArgumentParser
import ChiasmFiles
import Foundation

/// How much of the machine a command takes.
struct ThreadOptions: ParsableArguments {
  /// More than any machine has cores.
  static let most = 4096

  @Option(
    help: ArgumentHelp(
      "How many threads work at once; changes no number. (default: SLURM_CPUS_PER_TASK, at most the "
        + "cores that the process may use; without it, these)", valueName: "n"))
  var threads: Int?

  func validate() throws {
    if let threads, !(1...Self.most).contains(threads) {
      throw ValidationError("--threads is \(threads), but must be from 1 to \(Self.most).")
    }
  }

  /// The number asked for, else that of the Slurm task, and no more than the cores that there are.
  ///
  /// - Parameter messages: where it is said that the variable of Slurm makes no sense.
  func count(_ messages: Messages) -> Int {
    if let threads { return threads }
    let cores = MachineLimits.own.cores
    guard let text = ProcessInfo.processInfo.environment["SLURM_CPUS_PER_TASK"] else {
      return cores
    }
    if let wanted = Int(text), wanted > 0 { return min(wanted, cores) }
    messages.say(
      "SLURM_CPUS_PER_TASK is '\(text)', which is no number of cores, and is ignored: "
        + "\(cores == 1 ? "1 thread works" : "\(cores) threads work"); --threads chooses.")
    return cores
  }
}
