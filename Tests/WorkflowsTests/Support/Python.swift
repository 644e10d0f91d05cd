import Foundation

/// The Python of the machine, for checks against SciPy; tests that use it are skipped without it.
enum Python {
  static let hasSciPy = (try? run("import scipy; print(1)")) == "1"

  /// What a program printed, without the last line end.
  static func run(_ program: String, _ arguments: String...) throws -> String {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", program] + arguments
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: output, as: UTF8.self).trimmingCharacters(in: .newlines)
  }
}
