import ChiasmFiles
import Foundation
import Testing

@Suite("The command convert")
struct ConvertCommand {
  /// A layer of maps and one of tokens in `model`, beside `a`.
  private func shapes(_ study: Study) throws {
    for (name, shape) in [("b", [20, 6, 4, 3]), ("c", [20, 5, 7])] {
      let count = shape.reduce(1, *)
      try NumpyArray(
        shape: shape, elements: .float32(Study.numbers(count, seed: count).map { Float($0) })
      ).write(to: study.path("model/\(name).npy"), replacing: true)
    }
  }

  private func array(_ study: Study, _ name: String) throws -> NumpyArray {
    try NumpyArray(path: study.path(name))
  }

  @Test("A folder is a response set with its provenance, pooled as align pools")
  func folder() throws {
    try withStudy { study in
      try shapes(study)
      let outcome = try study.program.run(
        "convert", "model", "--pool", "mean", "tokens:mean", "--output", "out")
      #expect(outcome.status == 0 && outcome.output == "")
      #expect(outcome.errors.contains("b (6 × 4 × 3 to 6)"), "\(outcome.errors)")
      #expect(outcome.errors.hasSuffix("Written: out\n"))
      let names = try study.names("out")
      #expect(
        names == [
          "a.npy", "b.npy", "c.npy", "dataset_description.json", "provenance.json", "stages.json",
          "stages.tsv", "stimuli.tsv",
        ])
      let arrays = try ["out", "model"].map { try array(study, "\($0)/a.npy") }
      #expect(arrays[0] == arrays[1])
      let means = try array(study, "model/b.npy").floats().map(Double.init)
      let expected = (0..<120).map { Float(means[$0 * 12..<$0 * 12 + 12].reduce(0, +) / 12) }
      #expect(
        try array(study, "out/b.npy") == NumpyArray(shape: [20, 6], elements: .float32(expected)))
      let record = try String(contentsOfFile: study.path("out/provenance.json"), encoding: .utf8)
      for words in [
        "../model/b.npy", "sha256", "\"pool\" : \"mean,tokens:mean\"", "chiasm convert",
      ] {
        #expect(record.contains(words), "\(words)")
      }
      #expect(try study.program.run("inspect", "out").output.contains("Stages (3)"))
    }
  }

  @Test(
    "What is converted aligns to the same numbers as what is reduced while aligning",
    arguments: [
      ["--pool", "grid:2,cls"], ["--project", "4"], ["--pool", "mean", "--project", "4"], [],
    ], ["out", "out.npz"])
  func equal(_ options: [String], _ output: String) throws {
    try withStudy { study in
      try shapes(study)
      let convert = ["convert", "model", "--seed", "3", "--quiet", "--threads"]
      for (threads, name) in [("1", output), ("3", "again-\(output)")] {
        let outcome = try study.program.run(
          convert + [threads, "--output", name] + options)
        #expect(outcome.status == 0, "\(outcome.errors)")
      }
      let command = [
        "align", "--source", "brain", "--source-role", "region", "--seed", "3", "--quiet",
      ]
      let targets = [("x", ["--target", "model"] + options), ("y", ["--target", output])]
      for (name, arguments) in targets {
        #expect(try study.program.run(command + arguments + ["--output", name]).status == 0)
      }
      for table in ["coupling", "scores"] {
        let files = try ["x", "y"].map {
          try Data(contentsOf: study.folder.appending(path: "\($0)/\(table).csv"))
        }
        #expect(files[0] == files[1], "\(table)")
      }
      if output == "out" {
        for stage in ["a", "b", "c"] {
          let arrays = try ["", "again-"].map { try array(study, "\($0)out/\(stage).npy") }
          #expect(arrays[0] == arrays[1])
        }
      }
    }
  }

  @Test("Several sets become one, with the stages in the order that is asked for")
  func several() throws {
    try withStudy { study in
      let outcome = try study.program.run(
        "convert", "brain", "model", "--layers", "c,V1,a", "--max-units", "6", "--output",
        "one.npz")
      #expect(outcome.status == 0, "\(outcome.errors)")
      let archive = try NumpyArchive(path: study.path("one.npz"))
      #expect(archive.names == ["stimulus_id", "c", "V1", "a", "provenance"])
      #expect(try archive.array("V1").shape == [20, 6])
      #expect(try archive.array("c").shape == [20, 5])
      #expect(try archive.array("provenance").strings()[0].contains("\"max_units\" : 6"))
      #expect(try study.names().filter { $0.hasPrefix("one") || $0.hasPrefix(".") } == ["one.npz"])
    }
  }

  @Test("A brain keeps its places and noise ceilings in a folder, and loses them in a file")
  func brain() throws {
    try withStudy { study in
      #expect(try study.program.run(Study.extract + ["voxels", "--quiet"]).status == 0)
      let outcome = try study.program.run(
        "convert", "voxels", "--pool", "mean", "--max-units", "4", "--output", "few")
      #expect(outcome.status == 0 && outcome.errors.contains("neither pooled nor projected"))
      let places = try Table(path: study.path("few/V1_units.tsv"))
      #expect(places.rows.count == 4 && study.exists("few/regions_dseg.nii.gz"))
      let file = try study.program.run("convert", "voxels", "--output", "few.npz")
      #expect(file.status == 0 && file.errors.contains("only a folder holds them: V1, V2"))
      let aligned = try study.program.run(
        "align", "--source", "few", "--target", "model", "--output", "out", "--quiet")
      #expect(aligned.status == 0 && study.exists("out/maps"))
    }
  }

  @Test("--force replaces a converted set and nothing else")
  func force() throws {
    try withStudy { study in
      let command = ["convert", "model", "--quiet", "--output"]
      for output in ["out", "out.npz"] {
        let statuses = try [[output], [output], [output, "--force"]].map {
          try study.program.run(command + $0).status
        }
        #expect(statuses == [0, 73, 0])
      }
      #expect(try study.program.run(command + ["model", "--force"]).status == 73)
      #expect(try study.program.run(command + ["brain", "--force"]).status == 73)
      #expect(study.exists("brain/V1.npy"))
    }
  }

  @Test(
    "A file that may not grow, as on a full disk, is status 73 and leaves nothing",
    arguments: ["out", "out.npz"])
  func full(_ output: String) throws {
    try withStudy { study in
      try study.set("model", [("a", 5000)], seed: 1)
      let before = try study.names()
      for blocks in ["0", "500"] {
        let outcome = try study.program.run(
          ["convert", "model", "--quiet", "--output", output],
          under: "ulimit -f \(blocks); exec env --default-signal=XFSZ \"$@\"")
        #expect(outcome.status == 73)
        // With 0 blocks there is no room for a message either.
        #expect(blocks == "0" || outcome.errors.hasPrefix("chiasm: \(output)"))
        #expect(try study.names() == before)
      }
    }
  }

  @Test(
    "What cannot be converted is one sentence",
    arguments: [
      (["none"], Int32(66), "none"), (["model", "model"], 65, "named a"),
      (["model", "--layers", "z"], 65, "a, b, c"),
      (["model", "--max-units", "0"], 64, "at least 1"),
      (["model", "--project", "3", "--max-units", "3"], 64, "at most one"),
      (["model", "other"], 65, "row 1 shows s11, not s10"),
    ])
  func refused(_ arguments: [String], _ status: Int32, _ words: String) throws {
    try withStudy { study in
      try study.set("other", [("x", 3)], stimuli: Study.stimuli.dropFirst() + ["s10"], seed: 5)
      let before = try study.names()
      let outcome = try study.program.run(["convert"] + arguments + ["--output", "out", "--quiet"])
      #expect(outcome.status == status, "\(outcome.errors)")
      #expect(outcome.errors.contains(words), "\(outcome.errors)")
      #expect(outcome.errors.split(separator: "\n").count == 1)
      #expect(try study.names() == before)
    }
  }

  @Test("Outputs of formats that are not written are named", arguments: ["x.mat", "x.npy", "-"])
  func formats(_ output: String) throws {
    try withStudy { study in
      let outcome = try study.program.run("convert", "model", "--output", output)
      #expect(outcome.status == 64 && outcome.errors.contains("--output"), "\(outcome.errors)")
    }
  }

  @Test("SIGINT removes everything", arguments: ["out", "out.npz"])
  func stops(_ output: String) throws {
    try withStudy { study in
      try study.set("model", [("a", 20_000), ("b", 20_000), ("c", 20_000)], seed: 1)
      let before = try study.names()
      let running = try study.program.start(
        ["convert", "model", "--project", "19000", "--output", output])
      running.wait { (try? study.names().contains { $0.hasPrefix(".out") }) ?? false }
      usleep(50_000)
      #expect(kill(running.process.processIdentifier, SIGINT) == 0)
      let outcome = try running.outcome()
      #expect(outcome.status == 128 + SIGINT && outcome.errors.contains("chiasm: interrupted"))
      #expect(try study.names() == before)
    }
  }

  @Test("Layers need not fit into memory")
  func memory() throws {
    try withStudy { study in
      // 96 MB: each row is the one before, shifted.
      let (width, shift) = (1_200_000, 1000)
      let numbers = Study.numbers(width + 20 * shift, seed: 3).map { Float($0) }
      let values = (0..<20).flatMap { numbers[$0 * shift..<$0 * shift + width] }
      try NumpyArray(shape: [20, 400, 3000], elements: .float32(values))
        .write(to: study.path("model/a.npy"), replacing: true)
      for options in [["--pool", "tokens:mean"], ["--project", "100"], []] {
        let running = try study.program.start(
          ["convert", "model", "--layers", "a", "--quiet", "--output", "out\(options.count)"]
            + options)
        var peak = 0
        while running.process.isRunning {
          peak = max(peak, running.peakMemory)
          usleep(2000)
        }
        let outcome = try running.outcome()
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(peak > 0 && peak < 230 << 20, "\(options): \(peak >> 20) MiB")
        try FileManager.default.removeItem(atPath: study.path("out\(options.count)"))
      }
    }
  }
}
