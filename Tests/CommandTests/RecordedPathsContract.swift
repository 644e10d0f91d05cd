import Foundation
import TestSupport
import Testing

@Suite("Paths in the records of results")
struct RecordedPathsContract {
  /// The commands with every path from the root, as a user's shell completes them.
  private static func commands(_ study: Study, into out: String) -> [[String]] {
    let path = study.path
    return [
      [
        "extract", "--image", path("bold.nii.gz"), "--trials", path("trials.tsv"),
        "--roi", "V1=" + path("V1.nii.gz"), "V2=" + path("V2.nii.gz"), "-o", out + "/voxels",
      ],
      [
        "align", "--source=" + path("brain"), "--target", path("model"),
        "--splits-file", path("splits.tsv"), "--score-draws", "0", "-o", out + "/alignment",
      ],
      [
        "compare", "--source", path("brain"), "--target", path("model"), "--measure", "rsa", "-o",
        out + "/comparison",
      ],
      ["simulate", "-o", out + "/made"],
      ["report", out + "/alignment", "--no-figures"],
    ]
  }

  private func run(_ study: Study, into out: String, _ extra: [String] = []) throws {
    let rows = Study.stimuli.enumerated().map { "\($1)\t\($0 < 5 ? "test" : "train")" }
    try study.text("splits.tsv", ["stimulus_id\tsplit"] + rows)
    // A model without stages.tsv, of which a note tells.
    try FileManager.default.removeItem(atPath: study.path("model/stages.tsv"))
    for command in Self.commands(study, into: out) {
      let extra = command[0] == "report" ? [] : extra
      let outcome = try study.program.run(
        command + extra + ["--quiet"], under: "HOME='\(study.folder.path)' exec \"$@\"")
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
  }

  /// The texts below a folder, by their paths.
  private func texts(_ folder: String) throws -> [String: String] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
    return Dictionary(
      uniqueKeysWithValues: names.filter { name in
        [".json", ".html", ".tsv", ".csv", ".txt"].contains { name.hasSuffix($0) }
      }.map { ($0, (try? String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8)) ?? "") })
  }

  @Test("They are told from the result, and no folder above the study is named")
  func relative() throws {
    try withStudy { study in
      try run(study, into: study.path("results"))
      let texts = try texts(study.path("results"))
      for (name, text) in texts {
        #expect(!text.contains(study.folder.lastPathComponent), "\(name)")
      }
      let alignment = try #require(texts["alignment/alignment.json"])
      for words in [
        "\"../../brain/stimuli.tsv\"", "\"path\" : \"../../brain\"",
        "\"splits_file\" : \"../../splits.tsv\"", "../../model has no stages.tsv",
        "--source=brain --target model",
      ] { #expect(alignment.contains(words), "\(words)") }
      let voxels = try #require(texts["voxels/provenance.json"])
      #expect(voxels.contains("\"trials\" : \"../../trials.tsv\""))
      #expect(voxels.contains("V1=V1.nii.gz"))
      let report = try #require(texts["alignment-report/report.html"])
      #expect(!report.contains("was not found"))
    }
  }

  @Test("A home that the result does not lie in is ~, from where the report finds the source")
  func home() throws {
    try withStudy { study in
      try withTemporaryFolder { elsewhere in
        try run(study, into: elsewhere.path)
        let texts = try texts(elsewhere.path)
        for (name, text) in texts {
          #expect(!text.contains(study.folder.lastPathComponent), "\(name)")
        }
        #expect(texts["alignment/alignment.json"]?.contains("\"~/brain/stimuli.tsv\"") == true)
        #expect(texts["alignment-report/report.html"]?.contains("was not found") == false)
      }
    }
  }

  @Test("--provenance-paths absolute keeps them from the root")
  func absolute() throws {
    try withStudy { study in
      try run(study, into: study.path("results"), ["--provenance-paths", "absolute"])
      for name in [
        "voxels/provenance.json", "alignment/alignment.json", "comparison/comparison.json",
      ] {
        let text = try String(contentsOfFile: study.path("results/" + name), encoding: .utf8)
        #expect(text.contains("\"path\" : \"\(study.folder.path)/"), "\(name)")
        #expect(text.contains("--quiet\""))
      }
    }
  }
}
