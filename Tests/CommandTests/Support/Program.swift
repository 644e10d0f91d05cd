import Foundation
import Testing

/// The program that was built with these tests, run in a folder.
struct Program {
  let folder: URL

  /// It lies beside the bundle of tests, wherever that was built.
  static let path = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "chiasm").path

  /// How a run ended and what it said.
  struct Outcome {
    /// The exit status; 128 + signal for a run that a signal ended.
    let status: Int32
    let output: String
    let errors: String
  }

  /// Runs to the end.
  func run(_ arguments: String...) throws -> Outcome { try run(arguments) }

  /// Runs to the end.
  func run(_ arguments: [String]) throws -> Outcome { try start(Self.path, arguments).outcome() }

  /// Runs to the end under a shell script that ends in `exec "$@"`.
  func run(_ arguments: [String], under script: String) throws -> Outcome {
    try start("/bin/sh", ["-c", script, "sh", Self.path] + arguments).outcome()
  }

  /// Starts a run and comes back at once.
  func start(_ arguments: [String]) throws -> RunningProgram {
    try start(Self.path, arguments)
  }

  private func start(_ path: String, _ arguments: [String]) throws -> RunningProgram {
    let logs = FileManager.default.temporaryDirectory
      .appending(path: "chiasm-log-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: logs, withIntermediateDirectories: true)
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    let running = RunningProgram(process: process, logs: logs)
    process.standardOutput = try running.log("output")
    process.standardError = try running.log("errors")
    try process.run()
    return running
  }
}

/// A run that has started.
final class RunningProgram {
  let process: Process
  private let logs: URL

  init(process: Process, logs: URL) {
    self.process = process
    self.logs = logs
  }

  deinit {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    try? FileManager.default.removeItem(at: logs)
  }

  func log(_ name: String) throws -> FileHandle {
    let file = logs.appending(path: name)
    try Data().write(to: file)
    return try FileHandle(forWritingTo: file)
  }

  /// Waits for the end.
  func outcome() throws -> Program.Outcome {
    process.waitUntilExit()
    let wasKilled = process.terminationReason == .uncaughtSignal
    return Program.Outcome(
      status: process.terminationStatus + (wasKilled ? 128 : 0),
      output: String(decoding: try Data(contentsOf: logs.appending(path: "output")), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: logs.appending(path: "errors")), as: UTF8.self))
  }

  /// Waits until something is true, for a minute at most.
  func wait(until condition: () -> Bool) {
    for _ in 0..<12000 {
      guard process.isRunning && !condition() else { return }
      usleep(5000)
    }
  }

  /// The most memory that the program itself has had so far, in bytes.
  var peakMemory: Int {
    let status = try? String(
      contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
    let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    let words = line?.split(whereSeparator: { $0 == " " || $0 == "\t" })
    return words.flatMap { $0.count > 1 ? Int($0[1]) : nil }.map { $0 * 1024 } ?? 0
  }
}
