import ChiasmFiles
import Foundation
import Testing

@Suite("Files of arrays by the program")
struct FilesOfArrays {
  @Test("A lone matrix is aligned with names from a list, which the record tells")
  func list() throws {
    try withStudy { study in
      let model = ["--target", "model/a.npy", "--target-stimuli"]
      let named = try study.program.run(Study.align + ["out"] + model + ["model/stimuli.tsv"])
      #expect(named.status == 0, "\(named.errors)")
      let record = try String(contentsOfFile: study.path("out/alignment.json"), encoding: .utf8)
      #expect(record.contains("\"target_stimuli\" : \"../model/stimuli.tsv\""))
      let stages = try study.program.run(Study.align + ["whole", "--layers", "a"])
      #expect(stages.status == 0)
      func coupling(_ name: String) throws -> [[String]] {
        try Table(path: study.path(name + "/coupling.csv")).rows
      }
      #expect(try coupling("out") == coupling("whole"))
      let compared = try study.program.run(Study.compare + ["c"] + model + ["model/stimuli.tsv"])
      #expect(compared.status == 0, "\(compared.errors)")
      for (list, status, word) in [
        ("none.tsv", 66, "none.tsv"), ("model/stages.tsv", 65, "stimulus_id"),
      ] {
        let wrong = try study.program.run(Study.align + ["other"] + model + [list])
        #expect(wrong.status == status && wrong.errors.contains(word), "\(wrong.errors)")
        #expect(!study.exists("other"))
      }
    }
  }
}
