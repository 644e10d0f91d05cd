import ArrayFiles
import Dispatch
import Glibc

/// What happens when the user or the system stops the program: unfinished output goes away.
final class Interruption {
  private let sources: [any DispatchSourceSignal]

  /// From now on SIGINT, SIGTERM and SIGHUP remove `folder` and end the program with 128 + signal.
  init(discarding folder: OutputFolder) {
    // A file that may not grow and a reader of messages that is gone are errors of writing, which
    // are told or ignored where they happen; they must not kill the program.
    for number in [SIGXFSZ, SIGPIPE] { signal(number, SIG_IGN) }
    let queue = DispatchQueue(label: "interruption")
    sources = [SIGINT, SIGTERM, SIGHUP].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        folder.discard()
        Messages.write("\n")
        Messages.fail("interrupted; nothing was written.")
        _exit(128 + number)
      }
      source.resume()
      return source
    }
  }

  deinit { for source in sources { source.cancel() } }
}
