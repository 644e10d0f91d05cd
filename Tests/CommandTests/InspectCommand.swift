import Foundation
import TestSupport
import Testing

@Suite("The commands inspect and atlas")
struct InspectCommand {
  /// What a run of the program left behind.
  private struct Outcome {
    let status: Int32
    let output: String
    let messages: String
  }

  /// The program stands beside the tests.
  private static let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "chiasm")

  private func run(_ arguments: String...) throws -> Outcome {
    try withTemporaryFolder { folder in
      let files = ["output", "messages"].map { folder.appending(path: $0) }
      for file in files { try Data().write(to: file) }
      let process = Process()
      process.executableURL = Self.program
      process.arguments = arguments
      process.standardOutput = try FileHandle(forWritingTo: files[0])
      process.standardError = try FileHandle(forWritingTo: files[1])
      try process.run()
      process.waitUntilExit()
      let texts = try files.map { try String(contentsOf: $0, encoding: .utf8) }
      return Outcome(status: process.terminationStatus, output: texts[0], messages: texts[1])
    }
  }

  private let atlases = SharedData.packageRoot.appending(path: "atlases").path

  @Test("The answer goes to stdout, and nothing is said besides")
  func streams() throws {
    let outcome = try run("inspect", atlases)
    #expect(outcome.status == 0 && outcome.messages.isEmpty)
    #expect(outcome.output.contains("region schemes"))
    let json = try run("inspect", atlases, "--json")
    let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    #expect(object?["kind"] as? String == "region_schemes")
  }

  @Test("What cannot be inspected gives one line on stderr and its status")
  func failures() throws {
    let absent = try run("inspect", "/no/such/file.npy")
    #expect(absent.status == 66 && absent.output.isEmpty)
    #expect(
      absent.messages == "chiasm: /no/such/file.npy: no such file or folder; check the path.\n")
    #expect(try run("inspect", Self.program.path).status == 65)
    #expect(try run("inspect", atlases, "--known", "t.tsv").status == 64)
    #expect(try run("inspect").status == 64)
  }

  @Test("Schemes are listed and shown from the folder that was asked for")
  func schemes() throws {
    let list = try run("atlas", "list", "--atlases", atlases)
    #expect(list.status == 0 && list.output.contains("\n  nsd "))
    let scheme = try run("atlas", "show", "nsd", "--atlases", atlases)
    #expect(scheme.status == 0 && scheme.output.contains("\n  V1      V1v+V1d\n"))
    let unknown = try run("atlas", "show", "none", "--atlases", atlases)
    #expect(unknown.status == 65 && unknown.messages.contains("nsd"))
  }
}
