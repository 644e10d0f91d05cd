import ChiasmResponses
import ChiasmFiles
import Foundation
import ChiasmImaging
import TestSupport
import Testing

/// Input that a command refuses.
struct BadInput: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let status: Int32
  /// What the sentence must hold: the file and the numbers.
  let words: [String]
  /// Changes of the options, after those of the study.
  var command: [String]
  var prepare: @Sendable (Study) throws -> Void = { _ in }

  init(
    _ description: String, status: Int32, saying words: String..., by command: [String],
    prepare: @escaping @Sendable (Study) throws -> Void = { _ in }
  ) {
    testDescription = description
    (self.status, self.words, self.command, self.prepare) = (status, words, command, prepare)
  }
}

@Suite("Bad input")
struct BadInputContract {
  static let extract = Study.extract + ["out", "--quiet"]
  static let align = Study.align + ["out", "--quiet"]

  static let recordings = [
    BadInput(
      "grids that differ", status: 65, saying: "bold.nii.gz", "V1.nii.gz", "4 × 3 × 2", "4 × 3 × 1",
      by: extract
    ) {
      let grid = Grid(shape: [4, 3, 1], affine: Study.grid.affine)
      try $0.image("V1.nii.gz", [[Double](repeating: 1, count: 12)], on: grid)
    },
    BadInput("a region with no voxels", status: 65, saying: "V1", "0", by: extract) {
      try $0.image("V1.nii.gz", [[Double](repeating: 0, count: 24)])
    },
    BadInput("a region with no voxels left", status: 65, saying: "V1", "of 9", by: extract) {
      var volumes = (0..<20).map { Study.numbers(24, seed: $0) }
      for volume in 0..<20 { for voxel in 0..<9 { volumes[volume][voxel] = 5 } }
      try $0.image("bold.nii.gz", volumes)
    },
    BadInput("more rows than volumes", status: 65, saying: "21 rows", "20 volumes", by: extract) {
      try $0.text("trials.tsv", ["stimulus_id"] + Study.stimuli + ["extra"])
    },
    BadInput(
      "one row for all volumes", status: 65, saying: "1 row,", "20 volumes", "one a trial",
      by: extract
    ) {
      try $0.text("trials.tsv", ["stimulus_id", "s10"])
    },
    BadInput("fewer rows than volumes", status: 65, saying: "19 rows", "20 volumes", by: extract) {
      try $0.text("trials.tsv", ["stimulus_id"] + Study.stimuli.dropLast())
    },
    BadInput("an image that is cut short", status: 65, saying: "bold.nii.gz", by: extract) {
      let data = try Data(contentsOf: $0.folder.appending(path: "bold.nii.gz"))
      try data.prefix(data.count / 2).write(to: $0.folder.appending(path: "bold.nii.gz"))
    },
    BadInput("an image that is none", status: 65, saying: "bold.nii.gz", by: extract) {
      try $0.text("bold.nii.gz", ["text"])
    },
    BadInput("no image", status: 66, saying: "bold.nii.gz", by: extract) {
      try FileManager.default.removeItem(atPath: $0.path("bold.nii.gz"))
    },
    BadInput("no trial table", status: 66, saying: "trials.tsv", by: extract) {
      try FileManager.default.removeItem(atPath: $0.path("trials.tsv"))
    },
    BadInput(
      "no label table", status: 66, saying: "absent.tsv",
      by: extract + ["--atlas", "V1.nii.gz:absent.tsv"]),
    BadInput(
      "labels as a mask", status: 65, saying: "V1.nii.gz", "0, 1, 2", "--atlas FILE", "@0.5",
      by: extract
    ) {
      try $0.image("V1.nii.gz", [(0..<24).map { Double($0 % 3) }])
    },
    BadInput(
      "a volume that is not there", status: 65, saying: "V1.nii.gz", "volume 1",
      by: extract + ["--roi", "V1=V1.nii.gz#1"]),
    BadInput(
      "a threshold of 0", status: 64, saying: "V1.nii.gz@0",
      by: extract + ["--mask", "V1.nii.gz@0"]),
    BadInput("a factor of 0", status: 64, saying: "0", by: extract + ["--scale", "0"]),
    BadInput(
      "a ceiling without ratios", status: 64, saying: "--ncsnr",
      by: extract + ["--min-noise-ceiling", "0.3"]),
    BadInput(
      "a mask without a name", status: 64, saying: "V1.nii.gz",
      by: extract + ["--roi", "V1.nii.gz"]
    ),
    BadInput("an output below a file", status: 73, saying: "trials.tsv/out", by: extract) { _ in },
  ]

  static let sets = [
    BadInput("ids that do not match", status: 65, saying: "share 0", "s10", "x10", by: align) {
      try $0.set("model", [("a", 3)], stimuli: (10..<30).map { "x\($0)" }, seed: 1)
    },
    BadInput("5 common stimuli", status: 65, saying: "6", "share 5", by: align) {
      let stimuli = Study.stimuli.prefix(5) + (0..<9).map { "x\($0)" }
      try $0.set("model", [("a", 3)], stimuli: Array(stimuli), seed: 1)
    },
    BadInput("duplicate stimuli", status: 65, saying: "model", "s10", by: align) {
      try $0.set("model", [("a", 3)], stimuli: Study.stimuli + ["s10"], seed: 1)
    },
    BadInput("NaN in activations", status: 65, saying: "Stage b", "s11", "unit 2", by: align) {
      var values = Study.numbers(60, seed: 1).map { Float($0) }
      values[5] = .nan
      try NumpyArray(shape: [20, 3], elements: .float32(values))
        .write(to: $0.path("model/b.npy"), replacing: true)
    },
    BadInput(
      "other rows than stimuli", status: 65, saying: "Stage b", "19", "20", by: align
    ) {
      try NumpyArray(
        shape: [19, 2], elements: .float32(Study.numbers(38, seed: 1).map { Float($0) })
      ).write(to: $0.path("model/b.npy"), replacing: true)
    },
    BadInput(
      "unknown stimuli in the splits", status: 65, saying: "splits.tsv", "ghost",
      by: align + ["--splits-file", "splits.tsv"]
    ) {
      let rows = (Study.stimuli + ["ghost"]).enumerated().map {
        "\($1)\t\($0 < 5 ? "test" : "train")"
      }
      try $0.text("splits.tsv", ["stimulus_id\tsplit"] + rows)
    },
    BadInput("no response set", status: 66, saying: "absent", by: align + ["--target", "absent"]),
    BadInput("no matrix", status: 66, saying: "model/b.npy", by: align) {
      try FileManager.default.removeItem(atPath: $0.path("model/b.npy"))
    },
    BadInput(
      "no split file", status: 66, saying: "absent.tsv",
      by: align + ["--splits-file", "absent.tsv"]),
    BadInput(
      "an unknown layer", status: 65, saying: "z", "a, b, c", by: align + ["--layers", "a,z"]),
    BadInput(
      "no ceilings", status: 65, saying: "brain", "V1_units.tsv", "noise_ceiling",
      by: align + ["--ceiling"]),
    BadInput(
      "a ceiling above 1", status: 65, saying: "V1_units.tsv", "line 3", "1.5",
      by: align + ["--ceiling"]
    ) {
      try $0.text(
        "brain/V1_units.tsv",
        ["noise_ceiling"] + (0..<9).map { $0 == 1 ? "1.5" : "0.5" })
    },
    BadInput("a folder on stdout", status: 64, saying: "a folder", by: Study.align + ["-"]),
    BadInput("no split", status: 64, saying: "0", by: align + ["--splits", "0"]),
    BadInput(
      "a penalty of 0", status: 64, saying: "outer penalty", "0",
      by: align + ["--outer", "unbalanced", "--outer-penalty", "0"]),
    BadInput(
      "more mass than there is", status: 64, saying: "outer mass", "1.5",
      by: align + ["--outer", "partial", "--outer-mass", "1.5"]),
    BadInput(
      "a mass without a partial problem", status: 64, saying: "outer mass", "--outer partial",
      by: align + ["--outer", "auto", "--outer-mass", "0.5"]),
    BadInput(
      "a mass of units above 1", status: 64, saying: "inner mass", "1.5",
      by: align + ["--inner-mass", "1.5"]),
    BadInput(
      "a part of the units by sinkhorn", status: 64, saying: "sinkhorn", "exact",
      by: align + ["--inner-mass", "auto", "--solver", "sinkhorn"]),
    BadInput(
      "weights by ceilings that are not there", status: 65, saying: "V1_units.tsv",
      by: align + ["--stage-weights", "reliability"]),
  ]

  static let all: [BadInput] = recordings + sets + comparisons + kinds

  @Test("It ends in one sentence, a status, and nothing left behind", arguments: all)
  func refuses(_ input: BadInput) throws {
    try withStudy { study in
      try input.prepare(study)
      var command = input.command
      if input.status == 73, let place = command.firstIndex(of: "out") {
        command[place] = "trials.tsv/out"
      }
      let before = try study.names()
      let outcome = try study.program.run(command)
      #expect(outcome.status == input.status)
      #expect(outcome.errors.hasPrefix("chiasm: ") && outcome.errors.hasSuffix(".\n"))
      #expect(outcome.errors.count { $0 == "\n" } == 1)
      #expect(outcome.output == "")
      for word in input.words {
        #expect(outcome.errors.contains(word), "'\(word)' is not in \(outcome.errors)")
      }
      #expect(try study.names() == before)
    }
  }

  @Test(
    "Options that the program does not know are wrong usage",
    arguments: [
      ["align"], ["extract", "--nonsense"], ["fly"], align + ["--threads", "0"],
      align + ["--solver", "guess"], extract + ["--scale", "1/0"],
      align + ["--controls", "hot,none"], compare + ["--permutations", "many"],
      align + ["--ceiling-floor", "0.2"], align + ["--layers", "a,,b"],
      compare + ["--source-rdm", "rdm.npy"], ["compare", "--source", "brain", "--output", "out"],
      extract.filter { !$0.contains("V1=") && !$0.contains("V2=") && $0 != "--roi" },
    ])
  func usage(_ command: [String]) throws {
    try withStudy { study in
      let before = try study.names()
      let outcome = try study.program.run(command)
      #expect(outcome.status == 64)
      #expect(outcome.errors.hasPrefix("chiasm: ") && outcome.output == "")
      #expect(try study.names() == before)
    }
  }

  @Test(
    "A negative number is a value, and refused with what is allowed",
    arguments: [
      (["--seed", "-1"], ["'-1'", "--seed", "a whole number from 0"]),
      (["--train-fraction", "-0.5"], ["-0.5", "between 0 and 1"]),
      (["--max-units", "-3"], ["-3", "at least 1"]),
      (["--threads", "-2"], ["-2", "from 1 to"]),
    ])
  func negativeNumbers(_ options: [String], _ words: [String]) throws {
    try withStudy { study in
      let outcome = try study.program.run(Self.align + options)
      #expect(outcome.status == 64 && outcome.errors.hasPrefix("chiasm: "))
      for word in words { #expect(outcome.errors.contains(word), "\(outcome.errors)") }
    }
  }

  @Test(
    "A name that is another but for its case is asked for",
    arguments: [
      (align + ["--regions", "v1"], 65, "no stage named v1 (did you mean V1?)"),
      (compare + ["--measure", "RSA"], 64, "'RSA' (did you mean rsa?)"),
      (compare + ["--measure", "Soft_Matching"], 64, "(did you mean soft-matching?)"),
      (align + ["--controls", "Ridge"], 64, "perm-p, single-best"),
      (
        [
          "atlas", "show", "NSD", "--atlases",
          SharedData.packageRoot.appending(path: "atlases").path,
        ],
        65, "no scheme \"NSD\" (did you mean nsd?)"
      ),
    ])
  func nearNames(_ command: [String], _ status: Int32, _ words: String) throws {
    try withStudy { study in
      let outcome = try study.program.run(command)
      #expect(outcome.status == status && outcome.errors.contains(words), "\(outcome.errors)")
    }
  }
}
