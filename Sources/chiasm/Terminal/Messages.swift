import ChiasmFiles
import ChiasmReporting
import ChiasmWorkflows
import Glibc

/// What is said to the user, on stderr; results never go there.
struct Messages: Sendable {
  /// Whether only errors are said.
  let isQuiet: Bool

  /// Whether stderr is a terminal, where a line can be rewritten.
  static var isTerminal: Bool { isatty(2) == 1 }

  /// Says a sentence that the user can do without.
  func say(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let visible = lines.map { String($0).withVisibleControls }.joined(separator: "\n")
    if !isQuiet { Self.write(Self.wrapped(visible) + "\n") }
  }

  /// Says why a command failed.
  static func fail(_ text: String) {
    write(wrapped("chiasm: " + text.withVisibleControls) + "\n")
  }

  /// The lines of a text, on a terminal broken between words where they are wider than it.
  private static func wrapped(_ text: String) -> String {
    var size = winsize()
    guard isTerminal, ioctl(2, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return text }
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .flatMap { String($0).wrapped(to: Int(size.ws_col)) }.joined(separator: "\n")
  }

  /// Writes to stderr as it is. What the terminal does not take is lost: there is nobody to tell.
  static func write(_ text: String) {
    let bytes = Array(text.utf8)
    _ = Glibc.write(2, bytes, bytes.count)
  }
}

extension String {
  /// The text with control characters as they are escaped in Swift: what a file holds begins no line
  /// and moves no cursor.
  fileprivate var withVisibleControls: String {
    unicodeScalars.map {
      $0.properties.generalCategory == .control ? $0.escaped(asASCII: true) : String($0)
    }.joined()
  }
}

/// What a command was asked for, on stdout.
enum Results {
  /// Writes all of the text.
  static func write(_ text: String) throws(WorkflowError) { try write(Array(text.utf8)) }

  /// Writes all of the bytes. A pipe that nobody reads any more ends the program by its signal.
  static func write(_ bytes: [UInt8]) throws(WorkflowError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(1, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno == EPIPE {
        signal(SIGPIPE, SIG_DFL)
        raise(SIGPIPE)
      } else if errno != EINTR {
        throw .file(.cannotWrite(path: "stdout", reason: SystemError.last.reason))
      }
    }
  }

  /// Writes what was found, for people or for programs.
  static func write(_ inspection: Inspection, asJSON: Bool) throws(WorkflowError) {
    try write(asJSON ? inspection.json() : inspection.report.text())
  }
}
