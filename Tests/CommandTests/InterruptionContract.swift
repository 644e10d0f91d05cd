import ChiasmResponses
import ChiasmFiles
import Foundation
import ChiasmImaging
import Testing

@Suite("Interruptions")
struct InterruptionContract {
  /// Inputs that keep either command busy for seconds.
  private func prepare(_ study: Study) throws {
    let stages = [("V1", 200), ("V2", 200)]
    try study.set("brain", stages, seed: 300)
    try study.set("model", stages, seed: 400)
    let grid = Grid(shape: [64, 64, 20], affine: Study.grid.affine)
    let volume = Study.numbers(grid.voxelCount, seed: 1)
    try study.image("big.nii", [[Double]](repeating: volume, count: 20), on: grid)
    try study.image("all.nii", [[Double](repeating: 1, count: grid.voxelCount)], on: grid)
  }

  static let extract = [
    "extract", "--image", "big.nii", "--trials", "trials.tsv", "--roi", "V1=all.nii",
    "--standardize", "session", "--output", "out",
  ]
  static let align = Study.align + ["out", "--splits", "50"]

  private func start(_ command: [String], in study: Study) throws -> RunningProgram {
    let running = try study.program.start(command)
    running.wait { (try? study.names().contains { $0.hasPrefix(".out.") }) ?? false }
    usleep(150_000)
    return running
  }

  @Test(
    "SIGINT, SIGTERM and SIGHUP remove everything",
    arguments: [extract, align], [SIGINT, SIGTERM, SIGHUP])
  func stops(_ command: [String], _ signal: Int32) throws {
    try withStudy { study in
      try prepare(study)
      let before = try study.names()
      let running = try start(command, in: study)
      #expect(kill(running.process.processIdentifier, signal) == 0)
      let outcome = try running.outcome()
      #expect(outcome.status == 128 + signal)
      #expect(outcome.errors.contains("chiasm: interrupted"))
      #expect(outcome.errors.components(separatedBy: "chiasm:").count == 2)
      #expect(try study.names() == before)
    }
  }

  @Test("A run that is killed leaves no result, and the next one removes what it left")
  func killed() throws {
    try withStudy { study in
      try prepare(study)
      let running = try start(Self.align, in: study)
      kill(running.process.processIdentifier, SIGKILL)
      #expect(try running.outcome().status == 128 + SIGKILL)
      #expect(!study.exists("out"))
      #expect(try study.names().contains { $0.hasPrefix(".out.") })
      try study.set("brain", [("V1", 5)], seed: 1)
      #expect(try study.program.run(Study.align + ["out", "--quiet"]).status == 0)
      #expect(study.exists("out/alignment.json"))
      #expect(try !study.names().contains { $0.hasPrefix(".") })
    }
  }

  @Test(
    "A comparison that is stopped or killed goes on from its journal, and ends with equal bytes",
    arguments: [SIGINT, SIGKILL])
  func resumes(_ signal: Int32) throws {
    try withStudy { study in
      let command =
        Study.compare + [
          "out", "--measure", "soft-matching", "ridge", "--permutations", "30", "--bootstrap", "30",
          "--quiet",
        ]
      #expect(try study.program.run(command).status == 0)
      #expect(try !study.names().contains("out.journal"))
      try FileManager.default.moveItem(atPath: study.path("out"), toPath: study.path("whole"))
      let running = try study.program.start(command)
      running.wait {
        (try? String(contentsOfFile: study.path("out.journal"), encoding: .utf8))
          .map { $0.split(separator: "\n").count > 10 } ?? false
      }
      #expect(kill(running.process.processIdentifier, signal) == 0)
      let outcome = try running.outcome()
      #expect(outcome.status == 128 + signal && !study.exists("out"))
      #expect(
        signal == SIGKILL
          || outcome.errors.contains("the same command goes on from out.journal"))
      #expect(study.exists("out.journal"))
      #expect(try study.program.run(command).status == 0)
      #expect(try !study.names().contains { $0.hasPrefix(".") || $0.hasSuffix(".journal") })
      for name in try study.names("whole") {
        #expect(
          try Data(contentsOf: study.folder.appending(path: "out/\(name)"))
            == Data(contentsOf: study.folder.appending(path: "whole/\(name)")), "\(name)")
      }
    }
  }

  @Test(
    "A run that needs no journal tells of one that lies there, and leaves it",
    arguments: [Study.align, Study.compare])
  func unusedJournal(_ command: [String]) throws {
    try withStudy { study in
      let running = try study.program.start(
        command + ["out", "--permutations", "100000", "--quiet"])
      running.wait {
        (try? String(contentsOfFile: study.path("out.journal"), encoding: .utf8))
          .map { $0.split(separator: "\n").count > 2 } ?? false
      }
      kill(running.process.processIdentifier, SIGINT)
      #expect(try running.outcome().status == 128 + SIGINT)
      let inspected = try study.program.run("inspect", "out.journal", "--json")
      #expect(inspected.output.contains("\"kind\" : \"journal\""))
      #expect(inspected.output.contains("\"command\" : \"\(command[0])\""))
      let text = try study.program.run("inspect", "out.journal").output
      #expect(text.contains("journal of a run of 'chiasm \(command[0])'"))
      #expect(text.contains("permutation"))
      let outcome = try study.program.run(command + ["out"])
      #expect(outcome.status == 0)
      #expect(
        outcome.errors.contains(
          "out.journal is of a run with --permutations or --bootstrap that was stopped"))
      #expect(study.exists("out.journal"))
    }
  }

  @Test("A run that is stopped at any moment of its end leaves all or nothing")
  func anyMoment() throws {
    try withStudy { study in
      for delay in stride(from: UInt32(0), to: 120_000, by: 12_000) {
        let running = try study.program.start(Study.align + ["out", "--plans", "--quiet"])
        running.wait { (try? study.names().contains { $0.hasPrefix(".out.") }) ?? false }
        usleep(delay)
        kill(running.process.processIdentifier, SIGINT)
        let outcome = try running.outcome()
        #expect([0, 130].contains(outcome.status), "\(outcome.errors)")
        #expect(study.exists("out/scores.csv") == (outcome.status == 0))
        #expect(study.exists("out") == (outcome.status == 0))
        #expect(outcome.errors.components(separatedBy: "chiasm:").count <= 2)
        #expect(try !study.names().contains { $0.hasPrefix(".") })
        try? FileManager.default.removeItem(atPath: study.path("out"))
      }
    }
  }
}
