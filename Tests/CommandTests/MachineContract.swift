import Foundation
import Testing

@Suite("Machines of every kind")
struct MachineContract {
  private static let align = Study.align + ["out", "--force", "--quiet"]

  /// A number that `run.json` holds after an alignment under a shell script.
  private func threads(_ study: Study, under script: String) throws -> Int? {
    let outcome = try study.program.run(Self.align, under: script + " exec \"$@\"")
    #expect(outcome.status == 0 && outcome.errors == "", "\(outcome.errors)")
    let record = try JSONSerialization.jsonObject(
      with: Data(contentsOf: study.folder.appending(path: "out/run.json")))
    return (record as? [String: Any])?["threads"] as? Int
  }

  @Test("The task of Slurm has a say up to the cores, and nothing else that it may hold")
  func slurm() throws {
    try withStudy { study in
      let cores = try #require(try threads(study, under: "unset SLURM_CPUS_PER_TASK;"))
      for (text, expected) in [
        ("1", 1), ("99999999999", cores), ("99999999999999999999999", cores), ("0", cores),
        ("-1", cores), ("", cores), ("two", cores),
      ] {
        #expect(try threads(study, under: "export SLURM_CPUS_PER_TASK='\(text)';") == expected)
      }
    }
  }

  @Test("What Slurm says and is no number of cores is ignored with a note", arguments: Array(0...2))
  func slurmNote(_ number: Int) throws {
    try withStudy { study in
      let command = [Study.align, Study.compare, Study.extract][number] + ["out"]
      let outcome = try study.program.run(
        command, under: "export SLURM_CPUS_PER_TASK=two; exec \"$@\"")
      #expect(outcome.status == 0 && outcome.errors.contains("SLURM_CPUS_PER_TASK is 'two'"))
    }
  }

  @Test("A process that may run on one core takes one")
  func affinity() throws {
    try withStudy { (study) throws in
      #expect(
        try threads(study, under: "unset SLURM_CPUS_PER_TASK; exec taskset -c 0 \"$@\";") == 1)
    }
  }

  @Test("A number of threads out of range is status 64", arguments: ["0", "4097", "2147483648"])
  func threadsOutOfRange(_ text: String) throws {
    try withStudy { study in
      let outcome = try study.program.run(Self.align + ["--threads", text])
      #expect(outcome.status == 64 && outcome.errors.contains("--threads is \(text)"))
    }
  }

  @Test("Standard streams that are closed get into no file and stop no work")
  func closedStreams() throws {
    try withStudy { study in
      #expect(try study.program.run(Study.align + ["whole"]).status == 0)
      let closed = try study.program.run(
        Study.align + ["out"], under: "exec \"$@\" <&- >&- 2>&-")
      #expect(closed.status == 73)
      #expect(try study.names("out") == study.names("whole"))
      for name in try study.names("out") where name.hasSuffix(".csv") || name.hasSuffix(".tsv") {
        let files = try ["out", "whole"].map {
          try Data(contentsOf: study.folder.appending(path: "\($0)/\(name)"))
        }
        #expect(files[0] == files[1], "\(name)")
      }
      #expect(try study.program.run(["inspect", "out"], under: "exec \"$@\" <&- 2>&-").status == 0)
      let inspected = try study.program.run(["inspect", "out"], under: "exec \"$@\" >&-")
      #expect(inspected.status == 73)
      #expect(inspected.errors == "chiasm: stdout: cannot be written (Bad file descriptor).\n")
    }
  }

  @Test("A reader that goes away ends a command by SIGPIPE and without a word, its result whole")
  func goneReader() throws {
    try withStudy { study in
      for command in [["inspect", "brain"], Study.align + ["out"]] {
        _ = try study.program.run(
          command, under: "{ sleep 0.1; \"$@\" 2>errors; echo $? >status; } | :")
        #expect(try String(contentsOfFile: study.path("status"), encoding: .utf8) == "141\n")
        let errors = try String(contentsOfFile: study.path("errors"), encoding: .utf8)
        #expect(!errors.contains("chiasm:"), "\(errors)")
      }
      #expect(study.exists("out/alignment.json"))
      #expect(try !study.names().contains { $0.hasPrefix(".") })
    }
  }

  @Test("No environment at all, and a current folder that is gone")
  func bare() throws {
    try withStudy { study in
      let bare = try study.program.run(Self.align, under: "exec env -i \"$@\"")
      #expect(bare.status == 0 && bare.errors == "")
      let gone = "mkdir gone; cd gone; rmdir ../gone; exec \"$@\""
      let inspected = try study.program.run(["inspect", study.path("brain")], under: gone)
      #expect(inspected.status == 0 && inspected.errors == "")
      let written = try study.program.run(
        ["align", "--source", study.path("brain"), "--target", study.path("model"), "-o", "out"],
        under: gone)
      #expect(written.status == 73 && written.errors.split(separator: "\n").count == 1)
    }
  }

  /// A script that leaves the program no font.
  private func withoutFonts(_ study: Study) throws -> String {
    try study.text("fonts.conf", ["<fontconfig/>"])
    return "export FONTCONFIG_FILE='\(study.path("fonts.conf"))'; exec \"$@\""
  }

  @Test("Without any font, PDF and PNG are refused, and SVG is drawn")
  func figureWithoutFonts() throws {
    try withStudy { study in
      #expect(try study.program.run(Self.align).status == 0)
      let script = try withoutFonts(study)
      for (format, status) in [("pdf", 66), ("png", 66), ("svg", 0)] {
        let outcome = try study.program.run(
          ["figure", "coupling", "out", "-o", "f.\(format)"], under: script)
        #expect(outcome.status == status && study.exists("f.\(format)") == (status == 0))
        #expect(outcome.errors.contains("fonts-dejavu-core") == (status != 0))
        #expect(outcome.errors.split(separator: "\n").count == (status == 0 ? 0 : 1))
      }
    }
  }

  @Test("Without any font, a report is refused and leaves nothing; its page alone needs none")
  func reportWithoutFonts() throws {
    try withStudy { study in
      #expect(try study.program.run(Self.align).status == 0)
      let script = try withoutFonts(study)
      let before = try study.names()
      let refused = try study.program.run(["report", "out"], under: script)
      #expect(refused.status == 66 && refused.errors.contains("--no-figures"))
      #expect(try study.names() == before)
      #expect(try study.program.run(["report", "out", "--no-figures"], under: script).status == 0)
    }
  }

  @Test("A letter that no font has is drawn as a box, which is said")
  func boxes() throws {
    try withStudy { study in
      try study.set("brain", [("V1\u{10FFFD}", 9)], seed: 100)
      #expect(try study.program.run(Self.align).status == 0)
      let command = ["figure", "coupling", "out", "-o"]
      let png = try study.program.run(command + ["f.png"])
      #expect(png.status == 0 && png.errors.contains("No installed font has \u{10FFFD}: "))
      let svg = try study.program.run(command + ["f.svg"])
      #expect(svg.status == 0 && svg.errors == "")
      let report = try study.program.run("report", "out")
      #expect(report.status == 0 && report.errors.contains("No installed font has \u{10FFFD}: "))
    }
  }

  @Test(
    "A result says which code made its products: that of nearly all processors, or the one chosen")
  func products() throws {
    try withStudy { study in
      let output = study.folder.appending(path: "out/alignment.json")
      for kind in ["Prescott", nil] {
        _ = try threads(
          study, under: kind.map { "export OPENBLAS_CORETYPE=\($0);" } ?? "unset OPENBLAS_CORETYPE;"
        )
        let text = try String(contentsOf: output, encoding: .utf8)
        let found = try #require(text.firstMatch(of: /"linear_algebra" : "OpenBLAS [0-9.]+ (\w+)"/))
        let flags = try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
        let hasHaswell = flags.contains(" avx2 ") && flags.contains(" fma ")
        #expect(!hasHaswell || found.1 == kind ?? "Haswell")
      }
    }
  }
}
