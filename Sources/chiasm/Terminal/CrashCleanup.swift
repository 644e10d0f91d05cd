import Glibc

/// Removes an unfinished folder when the program breaks off: where memory runs out the Swift runtime
/// aborts, and no error can be caught.
///
/// A signal handler may use neither locks nor the heap. All that it needs is therefore made before, and
/// `rm` does the work in a process of its own.
enum CrashCleanup {
  /// `rm -rf -- FOLDER` as the system takes it: nil until a folder is named, and never freed.
  private nonisolated(unsafe) static var command:
    UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?

  private static let message: StaticString =
    "chiasm: broke off, most often because memory ran out; nothing was written.\n"

  /// From now on a crash removes the folder at `path`.
  static func arm(_ path: String) {
    let words = ["rm", "-rf", "--", path].map { (word: String) in strdup(word) } + [nil]
    let command = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(
      capacity: words.count)
    command.initialize(from: words, count: words.count)
    self.command = command
    // An abort ends the program with a sentence; a trap ends it by its signal.
    signal(SIGABRT) { _ in
      CrashCleanup.remove()
      CrashCleanup.message.withUTF8Buffer { _ = write(2, $0.baseAddress, $0.count) }
      _exit(70)
    }
    for number in [SIGILL, SIGTRAP] {
      signal(number) { number in
        CrashCleanup.remove()
        signal(number, SIG_DFL)
      }
    }
  }

  /// From now on a crash removes nothing: the folder has its name.
  static func disarm() {
    command = nil
    for number in [SIGABRT, SIGILL, SIGTRAP] { signal(number, SIG_DFL) }
  }

  private static func remove() {
    guard let command else { return }
    var child = pid_t()
    if posix_spawn(&child, "/bin/rm", nil, nil, command, nil) == 0 { waitpid(child, nil, 0) }
  }
}
