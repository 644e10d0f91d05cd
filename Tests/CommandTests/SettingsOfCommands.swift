import Foundation
import Testing

/// Options only translate: each must come to the setting of its name, with a value of its own, so that
/// no two of them can be exchanged.
@Suite("Options and the settings that results tell")
struct SettingsOfCommands {
  /// The settings that a result tells.
  private func settings(
    _ study: Study, _ command: [String], _ options: String, in file: String
  ) throws -> [String: Any] {
    let outcome = try study.program.run(
      command + ["out", "--quiet"] + options.split(separator: " ").map(String.init))
    #expect(outcome.status == 0, "\(outcome.errors)")
    let data = try Data(contentsOf: study.folder.appending(path: "out/\(file)"))
    try FileManager.default.removeItem(atPath: study.path("out"))
    let json = try JSONSerialization.jsonObject(with: data) as? [String: Any]
    return try #require(json?["settings"] as? [String: Any])
  }

  /// Expects a setting to be a number, a word or a list; a key within another follows a dot.
  private func expect(_ settings: [String: Any], _ expected: KeyValuePairs<String, String>) {
    for (path, value) in expected {
      let found = path.split(separator: ".").reduce(settings as Any?) {
        ($0 as? [String: Any])?[String($1)]
      }
      let text =
        (found as? [Any])?.map { "\($0)" }.joined(separator: ",") ?? found.map { "\($0)" } ?? "none"
      #expect(text == value, "\(path)")
    }
  }

  @Test("Every number and word that align is given is in alignment.json under its name")
  func align() throws {
    try withStudy { study in
      try study.text(
        "brain/V1_units.tsv", ["noise_ceiling"] + [String](repeating: "0.5", count: 9))
      try study.text(
        "brain/V2_units.tsv", ["noise_ceiling"] + [String](repeating: "0.6", count: 10))
      expect(
        try settings(
          study, Study.align,
          "--regions V2,V1 --layers c,a --splits 4 --train-fraction 0.7 --seed 9 "
            + "--controls uniform-p,perm-p --ceiling --ceiling-floor 0.2 --max-units 6 "
            + "--permutations 3 --bootstrap 20 --layer-permutations 11 --score-draws 12 "
            + "--outer unbalanced --outer-penalty 0.3 --stage-weights units --inner-mass 0.8",
          in: "alignment.json"),
        [
          "source_stages": "V2,V1", "target_stages": "c,a", "splits": "4",
          "train_fraction": "0.7", "seed": "9", "controls": "hot,perm-p,uniform-p",
          "ceiling_floor": "0.2", "max_units": "6", "permutations": "3",
          "stimulus_permutations": "3", "bootstrap": "20", "layer_permutations": "11",
          "score_draws": "12", "outer.problem": "unbalanced", "outer.penalty": "0.3",
          "outer.stage_weights": "units", "inner.problem": "partial", "inner.mass": "0.8",
          "solver": "exact",
        ])
      try study.text("names.csv", ["old,new"] + Study.stimuli.map { "\($0),x/\($0).png" })
      let roles = Study.stimuli.enumerated().map { "\($1)\t\($0 < 14 ? "train" : "test")" }
      try study.text("splits.tsv", ["stimulus_id\tone"] + roles)
      expect(
        try settings(
          study, Study.align,
          "--match stem --stimulus-map names.csv --splits-file splits.tsv --outer partial --outer-mass 0.6 --solver sinkhorn --ceiling",
          in: "alignment.json"),
        [
          "stimulus_names.match": "stem", "stimulus_names.map": "../names.csv",
          "splits_file": "../splits.tsv", "outer.problem": "partial", "outer.mass": "0.6",
          "outer.stage_weights": "uniform", "solver": "sinkhorn", "ceiling_floor": "0.1",
          "inner.problem": "balanced",
        ])
      expect(
        try settings(
          study, Study.align, "--splits 2 --project 4 --pool grid:2 cls", in: "alignment.json"),
        ["project": "4", "pool": "grid:2,tokens:first"])
    }
  }

  @Test("What belongs together is told as it was asked for")
  func dependence() throws {
    try withStudy { study in
      try study.text(
        "groups.tsv",
        ["stimulus_id\tkind\trun"]
          + Study.stimuli.enumerated().map { "\($1)\tk\($0 / 4)\t\($0 % 2)" })
      let options =
        "--stimulus-table groups.tsv --groups kind --exchange within:run --permutations 3"
      for (command, file, own) in [
        (Study.align, "alignment.json", " --folds contiguous --gap 2 --splits 4"),
        (Study.compare, "comparison.json", ""),
      ] {
        let settings = try settings(study, command, options + own, in: file)
        expect(
          settings,
          [
            "dependence.groups": "kind", "dependence.stimulus_table": "../groups.tsv",
            "dependence.exchange": "within:run",
          ])
        guard !own.isEmpty else { continue }
        expect(
          settings,
          ["dependence.folds": "contiguous", "dependence.gap": "2", "splits": "4"])
      }
    }
  }

  @Test(
    "Spaces and commas separate names alike",
    arguments: [
      ["V2,V1"], ["V2", "V1"], ["V2,", "V1"], ["V2", ",V1"], ["V2", ",", "V1"], ["V2, V1"],
    ])
  func lists(_ regions: [String]) throws {
    try withStudy { study in
      let command = Study.align + ["out", "--quiet", "--regions"] + regions
      let layers =
        ["--layers"]
        + regions.map { $0.replacing("V2", with: "c").replacing("V1", with: "a") }
      let controls =
        ["--controls"]
        + regions.map { $0.replacing("V2", with: "uniform-p").replacing("V1", with: "perm-p") }
      #expect(try study.program.run(command + layers + controls).status == 0)
      let data = try Data(contentsOf: study.folder.appending(path: "out/alignment.json"))
      let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      expect(
        try #require(json["settings"] as? [String: Any]),
        [
          "source_stages": "V2,V1", "target_stages": "c,a", "controls": "hot,perm-p,uniform-p",
        ])
      let measures = regions.map { $0.replacing("V2", with: "rsa").replacing("V1", with: "cka") }
      let compare = Study.compare + ["measured", "--quiet", "--regions"] + regions + layers
      #expect(try study.program.run(compare + ["--measure"] + measures).status == 0)
      let table = try String(contentsOfFile: study.path("measured/preferred.csv"), encoding: .utf8)
      #expect(
        table.split(whereSeparator: \.isNewline).dropFirst().map {
          $0.split(separator: ",").prefix(2).map(String.init)
        }
          == [["rsa", "V2"], ["rsa", "V1"], ["cka", "V2"], ["cka", "V1"]])
    }
  }

  @Test(
    "Definitions of regions too, and a comma within the name of a label divides nothing",
    arguments: [
      ["V1=one,two=a, b"], ["V1=one", "two=a, b"], ["V1=one,", "two=a, b"], ["V1=one, two=a, b"],
    ])
  func regions(_ definitions: [String]) throws {
    try withStudy { study in
      try study.image("labels.nii.gz", [(0..<24).map { $0 < 9 ? 1 : $0 > 13 ? 2 : 0 }])
      try study.text("labels.tsv", ["index\tname", "1\tone", "2\ta, b"])
      let outcome = try study.program.run(
        [
          "extract", "--image", "bold.nii.gz", "--trials", "trials.tsv", "--atlas",
          "labels.nii.gz:labels.tsv", "--output", "out", "--quiet", "--region",
        ] + definitions)
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(study.exists("out/V1.npy") && study.exists("out/two.npy"))
    }
  }

  @Test("Every number that compare is given is in comparison.json under its name")
  func compare() throws {
    try withStudy { study in
      expect(
        try settings(
          study, Study.compare,
          "--measure cka --permutations 3 --bootstrap 4 --seed 5 --max-units 6",
          in: "comparison.json"),
        ["permutations": "3", "bootstrap": "4", "seed": "5", "max_units": "6"])
      expect(
        try settings(
          study, Study.compare, "--measure cka --project 4 --pool max", in: "comparison.json"),
        ["project": "4", "pool": "max"])
    }
  }

  @Test("Every number that simulate is given is in the record under its name")
  func simulate() throws {
    try withStudy { study in
      let outcome = try study.program.run(
        "simulate", "--output", "made", "--stimuli", "13", "--sessions", "3", "--noise", "0.5",
        "--seed", "2", "--quiet", "--unrelated")
      #expect(outcome.status == 0, "\(outcome.errors)")
      let record = try String(contentsOfFile: study.path("made/provenance.json"), encoding: .utf8)
      for words in [
        "13 stimuli", "in each of 3 sessions", "noise 0.5, seed 2.", "nothing in common",
      ] {
        #expect(record.contains(words), "\(words)")
      }
      let film = try study.program.run(
        "simulate", "--output", "film", "--stimuli", "20", "--groups", "film:0.7", "--quiet")
      #expect(film.status == 0, "\(film.errors)")
      #expect(
        try String(contentsOfFile: study.path("film/provenance.json"), encoding: .utf8)
          .contains("a memory of 0.7"))
    }
  }
}
