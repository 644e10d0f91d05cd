import ChiasmFiles
import Foundation
import Testing

@Suite("Places of outputs")
struct OutputPlaces {
  private static let transport = ["transport", "c.npy", "--output"]

  /// Takes seconds for 700 × 700 costs.
  private static let slow = ["transport", "c.npy", "--solver", "sinkhorn", "--output"]

  private func writeCosts(_ study: Study, side: Int) throws {
    let costs = Study.numbers(side * side, seed: 5).map(abs)
    try NumpyArray(shape: [side, side], elements: .float64(costs))
      .write(to: study.path("c.npy"), replacing: true)
  }

  private func hidden(_ study: Study) throws -> [String] {
    try study.names().filter { $0.hasPrefix(".") }
  }

  @Test("A name that is not UTF-8 is refused before anything is read or written")
  func namesInBytes() throws {
    try withStudy { study in
      let other = "caf\u{FFFD}"
      #expect(try study.program.run(Study.compare + [other, "--quiet"]).status == 0)
      try study.text(other + "/mark", [])
      let before = try study.names()
      let name = "\"$(printf 'caf\\351')\""
      for (arguments, script) in [
        (Study.compare, "exec \"$@\" \(name) --force"),
        (["inspect"], "exec \"$@\" \(name)"),
        (["figure", "coupling", "a", "-o", "b.svg"], "exec \"$@\" --known=\(name)"),
      ] {
        let outcome = try study.program.run(arguments, under: script)
        #expect(outcome.status == 64 && outcome.output == "")
        #expect(outcome.errors.contains("caf\\xE9', but must be UTF-8"), "\(outcome.errors)")
        #expect(outcome.errors.count { $0 == "\n" } == 1)
      }
      #expect(try study.names() == before && study.exists(other + "/mark"))
      let inside = try study.program.run(
        ["inspect", "../brain"], under: "mkdir \(name) && cd \(name) && exec \"$@\"")
      #expect(inside.status == 64 && inside.errors.contains("current folder"))
    }
  }

  @Test("A plan goes to stdout, a descriptor, a pipe or a device as it goes to a file")
  func streams() throws {
    try withStudy { study in
      try writeCosts(study, side: 12)
      #expect(try study.program.run(Self.transport + ["plan.npz"]).status == 0)
      let plan = try Data(contentsOf: study.folder.appending(path: "plan.npz"))
      for (output, script) in [
        ("-", "exec \"$@\" >got"), ("/dev/stdout", "exec \"$@\" >got"),
        ("/dev/stdout", "\"$@\" | cat >got"), ("/dev/fd/1", "exec \"$@\" >got"),
        ("/dev/fd/3", "exec \"$@\" 3>got"), ("pipe", "mkfifo pipe; cat pipe >got & \"$@\"; wait"),
      ] {
        let before = try study.names().filter { !["got", "pipe"].contains($0) }
        let outcome = try study.program.run(Self.transport + [output], under: script)
        #expect(outcome.status == 0, "\(output): \(outcome.errors)")
        #expect(try Data(contentsOf: study.folder.appending(path: "got")) == plan, "\(output)")
        #expect(try study.names().filter { !["got", "pipe"].contains($0) } == before)
        let isStdout = !["/dev/fd/3", "pipe"].contains(output)
        #expect((isStdout ? outcome.errors : outcome.output).contains("cost "))
      }
      #expect(try study.program.run(Self.transport + ["/dev/null"]).status == 0)
      let full = try study.program.run(Self.transport + ["/dev/full"])
      #expect(full.status == 73 && full.errors.contains("/dev/full") && full.output == "")
    }
  }

  @Test("A figure goes to /dev/stdout as it goes to a file")
  func figureToStdout() throws {
    try withStudy { study in
      #expect(try study.program.run(Study.align + ["out", "--quiet"]).status == 0)
      let command = ["figure", "coupling", "out", "--output"]
      #expect(try study.program.run(command + ["a.svg"]).status == 0)
      let figure = try String(contentsOfFile: study.path("a.svg"), encoding: .utf8)
      for output in ["/dev/stdout", "-"] {
        let outcome = try study.program.run(command + [output, "--format", "svg"])
        #expect(outcome.status == 0 && outcome.errors == "" && outcome.output == figure)
      }
    }
  }

  @Test(
    "A transport or a figure that is stopped leaves nothing", arguments: [SIGINT, SIGTERM, SIGHUP])
  func stopped(_ signal: Int32) throws {
    try withStudy { study in
      try writeCosts(study, side: 700)
      #expect(try study.program.run(Study.align + ["out", "--quiet"]).status == 0)
      let before = try study.names()
      for command in [
        Self.slow + ["new.npz"],
        ["figure", "coupling", "out", "--size", "20x20in", "--output", "new.png"],
      ] {
        let running = try study.program.start(command)
        running.wait { (try? hidden(study).isEmpty) == false }
        kill(running.process.processIdentifier, signal)
        let outcome = try running.outcome()
        #expect(outcome.status == 128 + signal && outcome.errors.contains("interrupted"))
        #expect(try study.names() == before)
      }
    }
  }

  @Test("Under nohup a run goes on when its terminal is closed")
  func withoutTerminal() throws {
    try withStudy { study in
      try writeCosts(study, side: 300)
      let outcome = try study.program.run(
        Self.slow + ["plan.npz"],
        under: """
          trap '' HUP
          "$@" & while ! ls -d .plan.npz.*; do sleep 0.02; done 2>/dev/null; kill -HUP $!; wait $!
          """)
      #expect(outcome.status == 0 && outcome.errors == "" && study.exists("plan.npz"))
    }
  }

  @Test("What a killed run left is removed by the next one to the same file")
  func stale() throws {
    try withStudy { study in
      try writeCosts(study, side: 700)
      let killed = try study.program.start(Self.slow + ["plan.npz"])
      killed.wait { (try? hidden(study).isEmpty) == false }
      kill(killed.process.processIdentifier, SIGKILL)
      #expect(try killed.outcome().status == 128 + SIGKILL)
      #expect(try hidden(study).count == 1)
      try study.text(".plan.npz.\(killed.process.processIdentifier)-1.partial", ["half"])
      try writeCosts(study, side: 12)
      #expect(try study.program.run(Self.transport + ["plan.npz"]).status == 0)
      #expect(try hidden(study) == [])
    }
  }

  @Test("Several runs to one output all end well with --force, and leave nothing else")
  func together() throws {
    try withStudy { study in
      try writeCosts(study, side: 12)
      for command in [Self.transport + ["new", "--force"], Study.compare + ["new", "--force"]] {
        let before = try study.names()
        for _ in 0..<3 {
          let running = try (0..<5).map { _ in try study.program.start(command) }
          for run in running {
            let outcome = try run.outcome()
            #expect(outcome.status == 0, "\(outcome.errors)")
          }
          #expect(try study.names() == (before + ["new"]).sorted())
        }
        try FileManager.default.removeItem(atPath: study.path("new"))
      }
    }
  }

  @Test("An old result that cannot be removed is told", .enabled(if: OutputContract.mayMount))
  func unremovable() throws {
    try withStudy { study in
      #expect(try study.program.run(Study.align + ["out", "--quiet", "--plans"]).status == 0)
      let outcome = try study.program.run(
        Study.align + ["out", "--force"],
        under: """
          exec unshare -m sh -c 'mount -t tmpfs none out/plans || exit 9
          exec "$@"' sh "$@"
          """)
      #expect(outcome.status == 0)
      #expect(outcome.errors.contains("out: the old result cannot be removed"))
      #expect(study.exists("out/alignment.json"))
      let left = try hidden(study)
      #expect(left.count == 1 && outcome.errors.contains(left.first ?? "?"))
      #expect(try study.program.run(Study.align + ["out", "--quiet", "--force"]).status == 0)
      #expect(try hidden(study) == [])
    }
  }
}
