import Foundation
import Testing

@Suite("Stimuli that belong together, on the command line")
struct GroupsCommand {
  private func withGroups(_ body: (Study) throws -> Void) throws {
    try withStudy { study in
      try study.text(
        "brain/stimuli.tsv",
        ["stimulus_id\tcategory\trun\thalf"]
          + Study.stimuli.enumerated().map {
            "\($1)\tc\($0 % 5)\t\($0 / 4)\t\($0 < 7 ? "a" : "b")"
          })
      try body(study)
    }
  }

  @Test(
    "What cannot be used ends in one sentence, its status and no output",
    arguments: [
      ("--groups categry", 65, "did you mean 'category'?"),
      ("--groups half --permutations 2 --splits 2", 65, "--exchange within:half"),
      ("--exchange within:stimulus_id --permutations 2", 65, "nothing can change places"),
      ("--groups category --folds random --splits 6", 65, "--splits 5 or fewer"),
      ("--groups category --folds contiguous", 65, "no stretches"),
      ("--folds contiguous --gap 18", 64, "training stimuli are left"),
      ("--gap 2", 64, "--folds contiguous or --groups"),
      ("--stimulus-table brain/stimuli.tsv", 64, "names a column"),
      ("--groups category --stimulus-table none.tsv", 66, "none.tsv"),
      ("--exchange whole:", 64, "whole:column|within:column|shift"),
      ("--folds contiguous --train-fraction 0.5", 64, "--folds or --train-fraction"),
    ])
  func refusals(_ options: String, _ status: Int32, _ words: String) throws {
    try withGroups { study in
      let outcome = try study.program.run(
        Study.align + ["out"] + options.split(separator: " ").map(String.init))
      #expect(outcome.status == status, "\(outcome.errors)")
      #expect(outcome.errors.contains(words), "\(outcome.errors)")
      #expect(!study.exists("out"))
    }
  }

  @Test("The smallest possible p is said where it is above what was asked for")
  func orders() throws {
    try withGroups { study in
      for command in [Study.align, Study.compare] {
        let outcome = try study.program.run(
          command + ["out of \(command[0])", "--groups", "run", "--permutations", "150"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("119 other orders of the stimuli by whole:run"))
        #expect(outcome.errors.contains("no p is below 0.0083."))
      }
    }
  }

  @Test("Threads change no byte of what groups touch")
  func threads() throws {
    try withGroups { study in
      for count in ["1", "2"] {
        let outcome = try study.program.run(
          Study.align + [
            "out\(count)", "--groups", "run", "--folds", "contiguous", "--gap", "1",
            "--permutations", "8", "--bootstrap", "20", "--threads", count, "--quiet",
          ])
        #expect(outcome.status == 0, "\(outcome.errors)")
      }
      for name in ["nulls.csv", "intervals.csv", "scores.csv", "splits.tsv"] {
        let bytes = try ["out1", "out2"].map {
          try Data(contentsOf: study.folder.appending(path: "\($0)/\(name)"))
        }
        #expect(bytes[0] == bytes[1], "\(name)")
      }
    }
  }
}
