import ArgumentParser
import ChiasmFiles
import ChiasmReporting
import ChiasmResults
import ChiasmWorkflows
import Foundation

/// Where a folder of results goes.
struct OutputOptions: ParsableArguments {
  @Option(
    name: .shortAndLong, help: ArgumentHelp("The new folder for the results.", valueName: "dir"))
  var output: String

  @Flag(help: "Replace the output folder if it exists.")
  var force = false

  @Flag(name: .shortAndLong, help: "Say nothing but errors.")
  var quiet = false

  @Option(
    help: ArgumentHelp(
      "How the record of the result names files: from the folder of the result, or from the root of "
        + "the file system, which may tell whose home it was."))
  var provenancePaths = ProvenancePaths.relative

  /// How the record of the result in `folder` names files.
  func paths(from folder: OutputFolder) -> RecordedPaths {
    provenancePaths == .absolute ? .absolute : .from(folder)
  }

  /// How the record of a result that is one file names files.
  func paths(besideFile path: String) -> RecordedPaths {
    let folder = URL(filePath: path).deletingLastPathComponent().resolvingSymlinksInPath()
    return provenancePaths == .absolute ? .absolute : .from(folder: folder.path)
  }

  /// The command line for the record; unless paths are absolute, those from the root are written from
  /// the current folder, where the command can be typed again.
  var commandLine: String {
    let current = FileManager.default.currentDirectoryPath
    return commandLineText(
      paths: provenancePaths == .absolute ? .asGiven : .from(folder: current))
  }

  /// What is said while the command runs.
  var messages: Messages { Messages(isQuiet: quiet) }

  /// Makes the folder; see `ResultPlace.write`.
  func write(
    replacing replaceable: ReplaceableResult, journal: String? = nil,
    _ body: (OutputFolder) async throws(WorkflowError) -> Void
  ) async throws(WorkflowError) {
    try await ResultPlace(path: output, isForced: force, messages: messages)
      .write(replacing: replaceable, journal: journal, body)
  }

  /// Where parts of the work are kept as they are done; nil where no work is worth it, and then a journal
  /// that lies there is told of.
  func journal(isNeeded: Bool) -> String? {
    let path = Journal.path(beside: output)
    if !isNeeded && FileManager.default.fileExists(atPath: path) {
      messages.say(
        "\(path) is of a run with --permutations or --bootstrap that was stopped; it is neither used nor "
          + "removed. The command of that run goes on from it; else remove it.")
    }
    return isNeeded ? path : nil
  }

  /// Prints the summary of a result that has its name, and says where it is.
  ///
  /// - Throws: `cannotWrite` for standard output; that the result is whole is said.
  func tell(_ summary: Report?) throws(WorkflowError) {
    if let summary, !quiet {
      do {
        try Results.write(summary.text())
      } catch .file(.cannotWrite(let path, let reason)) {
        throw .file(
          .cannotWrite(
            path: path,
            reason: "\(reason); the result in \(output) is whole, only its summary was "
              + "not printed"))
      }
    }
    messages.say("Written: \(output)")
  }
}

/// How the record of a result names files.
enum ProvenancePaths: String, ExpressibleByArgument, CaseIterable {
  case relative, absolute
}

/// A folder of results, or a file, that is about to be made.
struct ResultPlace {
  let path: String
  /// Whether what is there may be replaced.
  let isForced: Bool
  let messages: Messages

  /// Makes the folder under a temporary name, lets `body` fill it, and gives it its name. However the
  /// command ends otherwise, the folder goes away.
  ///
  /// - Parameters:
  ///   - replaceable: the kind of folder that `--force` may replace.
  ///   - journal: where parts of the work are kept as they are done; removed when the folder is there.
  func write(
    replacing replaceable: ReplaceableResult, journal: String? = nil,
    _ body: (OutputFolder) async throws(WorkflowError) -> Void
  ) async throws(WorkflowError) {
    if path == "-" {
      throw .setting(
        name: "--output", expected: "the name of a folder, which the results are", actual: path)
    }
    try await fill(
      journal: journal,
      making: { () throws(ArrayFileError) in
        try OutputFolder(
          path: path, replacing: isForced, markers: [replaceable.marker],
          folders: replaceable.folders)
      }, body)
  }

  /// Lets `body` write one file, which appears whole or not at all; or to a device, a pipe or
  /// `/dev/stdout`, which are written to directly.
  func writeFile(
    _ body: (_ path: String) async throws(WorkflowError) -> Void
  ) async throws(WorkflowError) {
    if AtomicFile.isStream(path) { return try await body(path) }
    try await fill(making: { () throws(ArrayFileError) in
      try OutputFolder(file: path, replacing: isForced)
    }) { (folder) async throws(WorkflowError) in
      let path: String
      do throws(ArrayFileError) {
        path = try folder.filePath()
      } catch {
        throw .file(error)
      }
      try await body(path)
    }
  }

  /// Whether what is written to the path goes where stdout goes.
  var isStandardOutput: Bool {
    var (stdout, other) = (stat(), stat())
    return fstat(1, &stdout) == 0 && stat(path, &other) == 0
      && (stdout.st_dev, stdout.st_ino) == (other.st_dev, other.st_ino)
  }

  private func fill(
    journal: String? = nil, making make: () throws(ArrayFileError) -> OutputFolder,
    _ body: (OutputFolder) async throws(WorkflowError) -> Void
  ) async throws(WorkflowError) {
    let interruption = Interruption(journal: journal)
    defer { withExtendedLifetime(interruption) {} }
    let folder: OutputFolder
    do throws(ArrayFileError) {
      folder = try interruption.watch(make)
    } catch {
      throw .file(error)
    }
    do throws(WorkflowError) {
      try await body(folder)
      let notes = try Self.commit(folder)
      CrashCleanup.disarm()
      for note in notes { messages.say(note) }
      if let journal { Journal.remove(path: journal) }
    } catch {
      interruption.yield()
      folder.discard()
      throw error.naming(folder.destination)
    }
  }

  fileprivate static func commit(_ folder: OutputFolder) throws(WorkflowError) -> [String] {
    do {
      return try folder.commit()
    } catch {
      throw .file(error)
    }
  }
}

extension OutputFolder {
  /// Fills a folder inside this one.
  func inside<Result>(
    _ name: String, _ body: (OutputFolder) async throws(WorkflowError) -> Result
  ) async throws(WorkflowError) -> Result {
    let folder: OutputFolder
    do {
      folder = try OutputFolder(path: path(for: name))
    } catch {
      throw .file(error)
    }
    do throws(WorkflowError) {
      let result = try await body(folder)
      _ = try ResultPlace.commit(folder)
      return result
    } catch {
      throw error.naming(folder.destination)
    }
  }
}

/// What `--force` may replace: a folder of results of one kind, and nothing else.
struct ReplaceableResult {
  /// A file that every folder of this kind has.
  let marker: String
  /// The folders that one of this kind may hold.
  let folders: Set<String>

  static let responses = ReplaceableResult(marker: "dropped_voxels.tsv", folders: [])
  static let conversion = ReplaceableResult(marker: "provenance.json", folders: [])
  static let alignment = ReplaceableResult(
    marker: "alignment.json", folders: ["maps", "plans", "reverse"])
  static let comparison = ReplaceableResult(marker: "comparison.json", folders: [])
  static let report = ReplaceableResult(marker: "report.html", folders: ["figures"])
  /// The demo keeps its results in the simulated data.
  static let simulation = ReplaceableResult(
    marker: "truth.tsv", folders: ["recordings", "model", "brain", "alignment", "alignment-report"])

  /// Throws `cannotWrite` when an input is the output or lies in it.
  static func checkInputs(_ inputs: [String], against path: String) throws(WorkflowError) {
    guard let output = resolved(path) else { return }
    for input in inputs {
      guard let source = resolved(ArrayFiles.split(input).path) else { continue }
      if source == output || source.hasPrefix(output + "/") {
        throw .file(
          .cannotWrite(path: path, reason: "the input \(input) is there; choose another place"))
      }
    }
  }

  /// The path without symbolic links; nil when there is nothing.
  private static func resolved(_ path: String) -> String? {
    FileManager.default.fileExists(atPath: path)
      ? URL(filePath: path).resolvingSymlinksInPath().standardizedFileURL.path : nil
  }
}
