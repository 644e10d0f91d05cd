import ArrayFiles
import Dispatch
import Glibc
import Synchronization

/// What happens when the user or the system stops the program: unfinished output goes away.
final class Interruption {
  private let sources: [any DispatchSourceSignal]
  private let progress: Progress

  private final class Progress: Sendable { let hasBegun = Atomic(false) }

  /// From now on SIGINT, SIGTERM and SIGHUP remove `folder` and end the program with 128 + signal.
  init(discarding folder: OutputFolder) {
    // A file that may not grow and a reader of messages that is gone are errors of writing, which
    // are told or ignored where they happen; they must not kill the program.
    for number in [SIGXFSZ, SIGPIPE] { signal(number, SIG_IGN) }
    let progress = Progress()
    self.progress = progress
    let queue = DispatchQueue(label: "interruption")
    sources = [SIGINT, SIGTERM, SIGHUP].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        progress.hasBegun.store(true, ordering: .sequentiallyConsistent)
        // A result that has its name already stays, and the program ends by itself.
        guard folder.discard() else {
          return progress.hasBegun.store(false, ordering: .sequentiallyConsistent)
        }
        Messages.write("\n")
        Messages.fail("interrupted; nothing was written.")
        _exit(128 + number)
      }
      source.resume()
      return source
    }
  }

  /// Leaves the last word to an interruption that has begun: what fails from then on fails because
  /// its folder is gone.
  func yield() {
    while progress.hasBegun.load(ordering: .sequentiallyConsistent) { usleep(10_000) }
  }

  deinit { for source in sources { source.cancel() } }
}
