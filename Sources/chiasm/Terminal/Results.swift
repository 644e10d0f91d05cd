import ChiasmFiles
import Glibc
import ChiasmReporting
import ChiasmWorkflows

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
      } else if errno != EINTR {
        throw .file(.cannotWrite(path: "stdout", reason: String(cString: strerror(errno))))
      }
    }
  }

  /// Writes what was found, for people or for programs.
  static func write(_ inspection: Inspection, asJSON: Bool) throws(WorkflowError) {
    try write(asJSON ? inspection.json() : inspection.report.text())
  }
}
