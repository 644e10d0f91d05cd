import ChiasmFiles
import Dispatch
import Glibc
import Synchronization

/// What happens when the user or the system stops the program: unfinished output goes away.
final class Interruption {
  private let sources: [any DispatchSourceSignal]
  private let progress: Progress

  private final class Progress: Sendable {
    let hasBegun = Atomic(false)
    let folder = Mutex<OutputFolder?>(nil)
  }

  /// From now on SIGINT, SIGTERM and SIGHUP remove the folder that is made and end the program with
  /// 128 + signal; but SIGHUP does nothing where it is ignored already, as under nohup.
  ///
  /// - Parameter journal: where parts of the work are kept for the next run, if anything is there.
  init(journal: String? = nil) {
    // A file that may not grow and a reader of messages that is gone are errors of writing, which
    // are told or ignored where they happen; they must not kill the program.
    for number in [SIGXFSZ, SIGPIPE] { signal(number, SIG_IGN) }
    let progress = Progress()
    self.progress = progress
    let queue = DispatchQueue(label: "interruption")
    // A signal that comes before its source is registered is lost.
    let registering = DispatchGroup()
    let stopping = [SIGINT, SIGTERM] + (Self.isIgnored(SIGHUP) ? [] : [SIGHUP])
    sources = stopping.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      registering.enter()
      source.setRegistrationHandler { registering.leave() }
      source.setEventHandler {
        progress.hasBegun.store(true, ordering: .sequentiallyConsistent)
        // A result that has its name already stays, and the program ends by itself.
        guard progress.folder.withLock({ $0?.discard() ?? true }) else {
          return progress.hasBegun.store(false, ordering: .sequentiallyConsistent)
        }
        Messages.write("\n")
        let kept = journal.flatMap { access($0, F_OK) == 0 ? $0 : nil }
        Messages.fail(
          kept.map { "interrupted; the same command goes on from \($0)." }
            ?? "interrupted; nothing was written.")
        _exit(128 + number)
      }
      source.resume()
      return source
    }
    registering.wait()
  }

  /// Makes the folder that goes away; a signal waits until it is there.
  func watch(
    _ make: () throws(ArrayFileError) -> OutputFolder
  ) throws(ArrayFileError) -> OutputFolder {
    try progress.folder.withLock { (watched) throws(ArrayFileError) -> OutputFolder in
      let folder = try make()
      CrashCleanup.arm(folder.hiddenPath)
      watched = folder
      return folder
    }
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
      == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// Leaves the last word to an interruption that has begun: what fails from then on fails because
  /// its folder is gone.
  func yield() {
    while progress.hasBegun.load(ordering: .sequentiallyConsistent) { usleep(10_000) }
  }

  deinit { for source in sources { source.cancel() } }
}
