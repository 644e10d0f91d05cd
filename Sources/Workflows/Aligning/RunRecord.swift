internal import ChiasmResults
public import ChiasmFiles
internal import Glibc

/// `run.json`: what a run took. It stands apart from the results, which are the same in every run.
public struct RunRecord: Codable, Equatable, Sendable {
  static let fileName = "run.json"

  let elapsed_seconds: Double
  let threads: Int
  /// The most memory that the program had, in bytes.
  let peak_memory_bytes: Int
  /// Whether replicates of a run before, which was stopped, were taken up; their time is not counted.
  let resumed: Bool

  /// Takes the memory of the program so far.
  public init(elapsed: Duration, threads: Int, resumed: Bool) {
    let parts = elapsed.components
    let seconds = Double(parts.seconds) + Double(parts.attoseconds) * 1e-18
    elapsed_seconds = (seconds * 100).rounded() / 100
    self.threads = threads
    self.resumed = resumed
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    peak_memory_bytes = usage.ru_maxrss * 1024
  }

  /// Writes the file.
  public func write(to folder: OutputFolder) throws(WorkflowError) {
    do {
      try JSONFile.write(self, to: folder.path(for: Self.fileName))
    } catch {
      throw WorkflowError(error)
    }
  }
}
