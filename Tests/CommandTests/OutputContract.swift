import Foundation
import Testing

@Suite("Outputs of a command")
struct OutputContract {
  @Test("extract and align write whole folders and say so on stderr; the places go to stdout")
  func whole() throws {
    try withStudy { study in
      let first = try study.program.run(Study.extract + ["voxels"])
      #expect(first.status == 0 && first.output == "")
      #expect(first.errors.contains("V1: 9 voxels") && first.errors.contains("Written: voxels"))
      #expect(try study.names("voxels").contains("provenance.json"))
      let second = try study.program.run(
        "align", "--source", "voxels", "--target", "model", "--output", "new/out")
      #expect(second.status == 0)
      #expect(second.output.contains("Where each region lies") && second.output.contains("V1 "))
      #expect(second.errors.contains("HOT score"))
      #expect(
        try study.names("new/out")
          == [
            "alignment.json", "comparisons.csv", "comparisons.json", "coupling.csv",
            "coupling.json", "coupling_matrix.csv", "coupling_matrix.json", "intervals.csv",
            "intervals.json", "maps", "nulls.csv", "nulls.json", "places.csv", "places.json",
            "replicates.npz", "run.json", "scores.csv", "scores.json", "splits.json", "splits.tsv",
          ])
      #expect(!second.errors.contains("\u{1B}") && !second.errors.contains("\r"))
      #expect(try study.names("new") == ["out"])
    }
  }

  @Test("--quiet says nothing", arguments: [Study.extract, Study.align, Study.compare])
  func quiet(_ command: [String]) throws {
    try withStudy { study in
      let outcome = try study.program.run(command + ["out", "--quiet"])
      #expect(outcome.status == 0 && outcome.errors == "" && outcome.output == "")
    }
  }

  @Test("Nothing is replaced without --force")
  func force() throws {
    try withStudy { study in
      let command = Study.align + ["out", "--quiet"]
      #expect(try study.program.run(command).status == 0)
      try study.text("out/mark", ["old"])
      let before = try study.names()
      let refused = try study.program.run(command)
      #expect(refused.status == 73)
      #expect(refused.errors.hasPrefix("chiasm: out:") && refused.errors.contains("--force"))
      #expect(study.exists("out/mark"))
      #expect(try study.program.run(command + ["--force"]).status == 0)
      #expect(!study.exists("out/mark") && study.exists("out/alignment.json"))
      #expect(try study.names() == before)
    }
  }

  @Test("--force leaves a folder alone that is no result")
  func foreign() throws {
    try withStudy { study in
      let outcome = try study.program.run(Study.extract + ["model", "--force", "--quiet"])
      #expect(outcome.status == 73 && outcome.errors.contains("model"))
      #expect(study.exists("model/a.npy"))
    }
  }

  @Test("--force removes no input, no file and no folder inside a result")
  func destructive() throws {
    try withStudy { study in
      func refuses(_ command: [String], _ words: String) throws {
        let before = try study.names()
        let outcome = try study.program.run(command + ["--force", "--quiet"])
        #expect(outcome.status == 73 && outcome.errors.contains(words), "\(outcome.errors)")
        #expect(try study.names() == before)
      }
      try refuses(Study.extract + ["bold.nii.gz"], "it is a file")
      #expect(try study.program.run(Study.extract + ["voxels"]).status == 0)
      let nested = ["align", "--source", "voxels", "--target", "model", "--output"]
      #expect(try study.program.run(nested + ["voxels/out"]).status == 0)
      try refuses(Study.extract + ["voxels"], "holds the folder out")
      #expect(study.exists("voxels/out/alignment.json"))
      try FileManager.default.removeItem(atPath: study.path("voxels/out"))
      try study.text("model/alignment.json", ["{}"])
      try refuses(
        ["align", "--source", "brain", "--target", "model", "--output", "model"], "input")
      #expect(study.exists("model/a.npy"))
    }
  }

  @Test("A failure with --force leaves the old result")
  func failureKeepsOld() throws {
    try withStudy { study in
      #expect(try study.program.run(Study.align + ["out", "--quiet"]).status == 0)
      let before = try study.names("out")
      try FileManager.default.removeItem(atPath: study.path("model/c.npy"))
      #expect(try study.program.run(Study.align + ["out", "--quiet", "--force"]).status == 66)
      #expect(try study.names("out") == before)
      #expect(try !study.names().contains { $0.hasPrefix(".") })
    }
  }

  @Test("A folder that cannot be written is status 73", .enabled(if: geteuid() != 0, "root may"))
  func readOnly() throws {
    try withStudy { study in
      try FileManager.default.createDirectory(
        atPath: study.path("closed"), withIntermediateDirectories: false,
        attributes: [.posixPermissions: 0o555])
      let outcome = try study.program.run(Study.align + ["closed/out", "--quiet"])
      #expect(outcome.status == 73 && outcome.errors.hasPrefix("chiasm: closed/out:"))
    }
  }

  @Test(
    "A file that may not grow, as on a full disk, is status 73 and leaves nothing",
    arguments: [Study.extract, Study.align + ["out", "--plans"]])
  func fileSizeLimit(_ command: [String]) throws {
    try withStudy { study in
      let command = command.contains("out") ? command : command + ["out"]
      let before = try study.names()
      let outcome = try study.program.run(
        command + ["--quiet"], under: "ulimit -f 0; exec env --default-signal=XFSZ \"$@\"")
      #expect(outcome.status == 73)
      #expect(try study.names() == before)
    }
  }

  @Test("A reader of messages that goes away does not stop the work")
  func closedPipe() throws {
    try withStudy { study in
      let outcome = try study.program.run(
        Study.extract + ["out"], under: "{ \"$@\"; echo $? >status; } 2>&1 | :")
      #expect(outcome.status == 0)
      #expect(try String(contentsOfFile: study.path("status"), encoding: .utf8) == "0\n")
      #expect(study.exists("out/provenance.json"))
      #expect(try !study.names().contains { $0.hasPrefix(".") })
    }
  }

  @Test("A full disk is status 73 and leaves nothing", .enabled(if: mayMount, "no mount allowed"))
  func fullDisk() throws {
    try withStudy { study in
      try FileManager.default.createDirectory(
        atPath: study.path("disk"), withIntermediateDirectories: false)
      for command in [Study.extract, Study.align] {
        let outcome = try study.program.run(
          command + ["disk/out", "--quiet"],
          under: """
            exec unshare -m sh -c 'mount -t tmpfs -o size=8k none disk || exit 9
            "$@"; status=$?; ls -A disk; exit $status' sh "$@"
            """)
        #expect(outcome.status == 73 && outcome.output == "")
        #expect(outcome.errors.hasPrefix("chiasm: ") && outcome.errors.contains("No space left"))
      }
    }
  }

  @Test(
    "Where only the summary cannot be printed, the result is whole and the sentence says so",
    arguments: [(Study.align, "alignment.json"), (Study.compare, "comparison.json")])
  func fullOutput(_ command: [String], _ file: String) throws {
    try withStudy { study in
      let outcome = try study.program.run(
        command + ["out"], under: "exec \"$@\" > /dev/full")
      #expect(outcome.status == 73)
      let last = outcome.errors.split(separator: "\n").last ?? ""
      #expect(
        last == "chiasm: stdout: cannot be written (No space left on device; the result in out is "
          + "whole, only its summary was not printed).")
      #expect(study.exists("out/\(file)"))
      #expect(try !study.names().contains { $0.hasPrefix(".") || $0.hasSuffix(".journal") })
    }
  }

  static let mayMount: Bool = {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "unshare -m mount -t tmpfs -o size=8k none /mnt 2>/dev/null"]
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  @Test("The number of threads changes no byte of the results")
  func threads() throws {
    try withStudy { study in
      #expect(try study.program.run(Study.extract + ["voxels", "--quiet"]).status == 0)
      for threads in ["1", "2"] {
        let outcome = try study.program.run(
          "align", "--source", "voxels", "--target", "model", "--plans", "--quiet", "--threads",
          threads, "--output", "out\(threads)")
        #expect(outcome.status == 0)
      }
      let first = study.folder.appending(path: "out1")
      let files = try #require(
        FileManager.default.enumerator(atPath: first.path)?.compactMap { $0 as? String })
      #expect(files.count > 14)
      let ofItsOwn = ["alignment.json", "run.json", "maps", "plans"]
      for file in files where !ofItsOwn.contains(file) {
        #expect(
          try Data(contentsOf: first.appending(path: file))
            == Data(contentsOf: study.folder.appending(path: "out2/\(file)")), "\(file)")
      }
      let records = try ["1", "2"].map { threads in
        try String(contentsOfFile: study.path("out\(threads)/alignment.json"), encoding: .utf8)
          .replacing("--threads \(threads) --output out\(threads)", with: "")
      }
      #expect(records[0] == records[1])
    }
  }
}
