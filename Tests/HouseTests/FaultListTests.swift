import Foundation
import TestSupport
import Testing

/// `Tests/find-faults` puts faults into the sources and shows that tests find them. That takes long;
/// whether its list still fits the sources is told at once.
@Suite("The list of faults")
struct FaultListTests {
  /// Runs the script; its status, what it prints and what it complains about.
  private func run(
    _ arguments: [String], in root: URL = SharedData.packageRoot
  ) throws -> (status: Int32, output: String, errors: String) {
    let process = Process()
    let (output, errors) = (Pipe(), Pipe())
    process.executableURL = root.appending(path: "Tests/find-faults")
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    (process.standardOutput, process.standardError) = (output, errors)
    try process.run()
    let texts = [output, errors].map {
      String(decoding: $0.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }
    process.waitUntilExit()
    return (process.terminationStatus, texts[0], texts[1])
  }

  @Test("Every fault can be put into the sources as they are")
  func current() throws {
    let outcome = try run(["--check"])
    #expect(outcome.status == 0 && outcome.errors == "")
    let count = outcome.output.prefix { $0.isNumber }
    #expect(Int(count).map { $0 >= 40 } == true)
    #expect(try run(["--list"]).output.hasSuffix("\n\(count) faults\n"))
  }

  @Test(
    "A fault whose text is gone, is there twice or stays is refused with its number and its place",
    arguments: [
      ("- let b = 2", "+ let b = 3", "is 0 times in Sources/A/A.swift"),
      ("- 1", "+ 2", "is 2 times in Sources/A/A.swift"),
      ("- let a = 1", "+ let a = 1", "changes nothing"), ("", "+ let a = 1", "no text"),
    ])
  func rotten(_ old: String, _ new: String, _ problem: String) throws {
    try withTemporaryFolder { root in
      for folder in ["Tests", "Sources/A"] {
        try FileManager.default.createDirectory(
          at: root.appending(path: folder), withIntermediateDirectories: true)
      }
      try FileManager.default.copyItem(
        at: SharedData.packageRoot.appending(path: "Tests/find-faults"),
        to: root.appending(path: "Tests/find-faults"))
      try Data("let a = 1\nlet c = 1\n".utf8).write(to: root.appending(path: "Sources/A/A.swift"))
      let sound = "fault sound\nin Sources/A/A.swift\n- let a = 1\n- let\n+ var\n"
      let other = "fault rotten\nin Sources/A/A.swift\n\(old)\n\(new)\n"
      try Data("# A list\n\n\(sound)\n\(other)".utf8)
        .write(to: root.appending(path: "Tests/faults.txt"))
      let outcome = try run(["--check"], in: root)
      #expect(outcome.status == 1 && outcome.output == "")
      #expect(outcome.errors.contains("Fault 2 (rotten): ") && outcome.errors.contains(problem))
      #expect(outcome.errors.hasSuffix("1 of 2 faults cannot be put in; mend Tests/faults.txt.\n"))
      #expect(try run(["--check", "1"], in: root).output == "1 faults can be put in\n")
      #expect(try run(["--check", "3"], in: root).status == 1)
    }
  }
}
