import ChiasmFiles
import Foundation
import Testing

@Suite("The command compare")
struct CompareCommand {
  @Test("It writes a whole folder, and the preferred layers to stdout")
  func whole() throws {
    try withStudy { study in
      let outcome = try study.program.run(
        Study.compare + ["out", "--permutations", "5", "--bootstrap", "5"])
      #expect(outcome.status == 0 && outcome.errors == "Written: out\n")
      #expect(
        try study.names("out") == [
          "comparison.json", "measures.csv", "measures.json", "preferred.csv", "preferred.json",
        ])
      let lines = outcome.output.split(separator: "\n")
      #expect(lines.count == 10 && lines[0].contains("bootstrap samples"))
      #expect(lines[1].split(separator: " ") == ["measure", "V1", "V2"])
      #expect(
        lines[2..<8].compactMap { $0.split(separator: " ").first }
          == ["rsa", "cka", "cka-debiased", "procrustes", "semi-matching", "soft-matching"])
    }
  }

  @Test("The stages of a set beside itself have their side in the table on stdout")
  func itself() throws {
    try withStudy { study in
      let outcome = try study.program.run(
        [
          "compare", "--source", "brain", "--target", "brain", "--output", "out", "--measure",
          "rsa",
        ])
      #expect(outcome.output.contains("measure  source V1  source V2"))
      #expect(outcome.output.contains("rsa      V1         V2"))
    }
  }

  @Test("Regions, layers and measures come in the order that is asked for")
  func order() throws {
    try withStudy { study in
      let outcome = try study.program.run(
        Study.compare + [
          "out", "--regions", "V2", "--layers", "c,a", "--measure", "ridge,partial-soft-matching",
          "--format", "tsv",
        ])
      #expect(outcome.status == 0)
      let table = try String(contentsOfFile: study.path("out/measures.tsv"), encoding: .utf8)
      let keys = table.split(separator: "\n").dropFirst().map {
        $0.split(separator: "\t").prefix(3).joined(separator: " ")
      }
      #expect(
        keys == [
          "ridge V2 c", "ridge V2 a", "partial-soft-matching V2 c", "partial-soft-matching V2 a",
        ])
    }
  }

  @Test("RDMs take the place of either response set, for the measures that take them")
  func dissimilarities() throws {
    try withStudy { study in
      let count = Study.stimuli.count
      let values = (0..<count * count).map { place in
        abs(Double(place / count - place % count))
      }
      try NumpyArray(shape: [count, count], elements: .float64(values))
        .write(to: study.path("rdm.npy"))
      let command = ["compare", "--source-rdm", "rdm.npy", "--target", "model", "--output", "out"]
      let unnamed = try study.program.run(command)
      #expect(unnamed.status == 65 && unnamed.errors.contains("rdm.npy.stimuli.tsv"))
      try study.text("names.tsv", ["stimulus_id"] + Study.stimuli)
      let outcome = try study.program.run(command + ["--stimuli", "names.tsv"])
      #expect(outcome.status == 0 && outcome.errors.contains("rdm.npy holds dissimilarities"))
      #expect(
        outcome.output.split(separator: "\n").dropFirst(2).compactMap {
          $0.split(separator: " ").first
        } == ["rsa", "cka", "cka-debiased"])
      let both = try study.program.run(
        "compare", "--source-rdm", "rdm.npy", "--target-rdm", "rdm.npy", "--output", "both")
      #expect(both.status == 0 && both.errors.contains("row k"))
    }
  }

  @Test("--force replaces a comparison and nothing else")
  func force() throws {
    try withStudy { study in
      let command = Study.compare + ["out", "--measure", "cka", "--quiet"]
      #expect(try study.program.run(command).status == 0)
      #expect(try study.program.run(command).status == 73)
      #expect(try study.program.run(command + ["--force"]).status == 0)
      let foreign = Study.compare + ["model", "--measure", "cka", "--force"]
      #expect(try study.program.run(foreign).status == 73)
      #expect(study.exists("model/a.npy"))
      let alignment = try study.program.run(Study.align + ["out", "--force"])
      #expect(alignment.status == 73 && study.exists("out/comparison.json"))
    }
  }
}

extension BadInputContract {
  static let compare = Study.compare + ["out", "--quiet"]

  static let comparisons = [
    BadInput(
      "an unknown measure", status: 64, saying: "'rsb'", "soft-matching", "ridge",
      by: compare + ["--measure", "rsa,rsb"]),
    BadInput(
      "a width of 0", status: 64, saying: "cka-rbf", "0", by: compare + ["--measure", "cka-rbf-0"]),
    BadInput(
      "too many permutations", status: 64, saying: "200000",
      by: compare + ["--permutations", "200000"]),
    BadInput(
      "no unit to compare", status: 64, saying: "at least 1", by: compare + ["--max-units", "0"]),
    BadInput("no set to compare", status: 66, saying: "none", by: compare + ["--target", "none"]),
    BadInput(
      "an unknown region", status: 65, saying: "V9", "V1, V2", by: compare + ["--regions", "V9"]),
    BadInput(
      "a measure that needs responses, of an RDM", status: 64, saying: "ridge", "needs responses",
      by: [
        "compare", "--source-rdm", "rdm.npz", "--target", "model", "--output", "out", "--measure",
        "ridge",
      ]
    ) {
      let zeros = NumpyArray(shape: [20, 20], elements: .float64(.init(repeating: 0, count: 400)))
      let names = NumpyArray(shape: [20], elements: .strings(Study.stimuli))
      try NumpyArchive.write([("V1", zeros), ("stimulus_id", names)], to: $0.path("rdm.npz"))
    },
    BadInput(
      "too few stimuli for ridge", status: 65, saying: "ridge", "15", "12",
      by: compare + ["--measure", "ridge"]
    ) {
      try $0.set("model", [("a", 3)], stimuli: Array(Study.stimuli.prefix(12)), seed: 1)
    },
  ]
}
