import ChiasmAlignment
import ChiasmFiles
import Foundation
import ChiasmLinearAlgebra
import ChiasmStatistics
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Tables and record of an alignment")
struct AlignmentTablesContract {
  static let splits = ["split_1", "split_2", "split_3"]
  static let layers = ["a", "b, \"deep\"/1", "c"]

  @Test("coupling.csv has a row a pair and split, and one with the mean and its spread")
  func coupling() async throws {
    try await withResponses { folder in
      try await folder.align(folder.smallSettings())
      let table = try Table(path: folder.path("out/coupling.csv"))
      #expect(
        table.columns == [
          "source_stage", "target_stage", "split", "mass", "share", "cost", "score", "share_sd",
          "cost_sd", "score_sd",
        ])
      let rows = try folder.rows("out/coupling.csv")
      #expect(rows.count == 2 * 3 * 4)
      #expect(Set(rows.compactMap { $0["target_stage"] }) == Set(Self.layers))
      for split in Self.splits + ["mean"] {
        let own = rows.filter { $0["split"] == split }
        #expect(abs(sum(own, "mass") - 1) < 1e-12)
        for stage in ["V1", "V2"] {
          let stageRows = own.filter { $0["source_stage"] == stage }
          #expect(abs(sum(stageRows, "mass") - 0.5) < 1e-12)
          #expect(abs(sum(stageRows, "share") - 1) < 1e-12)
        }
      }
      let single = rows.filter { $0["split"] != "mean" }
      #expect(single.allSatisfy { $0["share_sd"] == "" && $0["cost_sd"] == "" })
    }
  }

  @Test("Mean rows are means over the splits")
  func means() async throws {
    try await withResponses { folder in
      try await folder.align(folder.smallSettings())
      let rows = try folder.rows("out/coupling.csv")
      for mean in rows where mean["split"] == "mean" {
        let own = rows.filter {
          $0["split"] != "mean" && $0["source_stage"] == mean["source_stage"]
            && $0["target_stage"] == mean["target_stage"]
        }
        for column in ["mass", "share", "cost", "score"] {
          #expect(abs(sum(own, column) / 3 - number(mean[column])) < 1e-12)
        }
        let costs = own.map { number($0["cost"]) }
        let centre = costs.reduce(0, +) / 3
        let variance = costs.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / 2
        #expect(abs(variance.squareRoot() - number(mean["cost_sd"])) < 1e-12)
      }
      let matrix = try Table(path: folder.path("out/coupling_matrix.csv"))
      #expect(matrix.columns == ["source_stage"] + Self.layers)
      for row in matrix.rows {
        let shares = rows.filter { $0["split"] == "mean" && $0["source_stage"] == row[0] }
        #expect(Array(row.dropFirst()) == shares.compactMap { $0["share"] })
      }
    }
  }

  @Test("scores.csv has every method, stage and split, and their means")
  func scores() async throws {
    try await withResponses { folder in
      try await folder.align(folder.smallSettings())
      let rows = try folder.rows("out/scores.csv")
      let methods = Set(rows.compactMap { $0["method"] })
      #expect(
        methods.isSuperset(of: [
          "hot", "hot-matched", "perm-p", "single-best", "pairwise-best", "uniform-p", "entropy-p",
        ]))
      #expect(!methods.contains("global"))
      #expect(rows.count == methods.count * 3 * 4)
      func score(_ method: String, _ stage: String, _ split: String) -> Double {
        number(
          rows.first {
            $0["method"] == method && $0["source_stage"] == stage && $0["split"] == split
          }?["score"])
      }
      for method in methods {
        for split in Self.splits + ["mean"] {
          let mean = (score(method, "V1", split) + score(method, "V2", split)) / 2
          #expect(abs(score(method, "mean", split) - mean) < 1e-12)
        }
        for stage in ["V1", "V2"] {
          let mean = Self.splits.reduce(0) { $0 + score(method, stage, $1) } / 3
          #expect(abs(score(method, stage, "mean") - mean) < 1e-12)
        }
      }
    }
  }

  @Test("TSV says n/a where CSV has nothing, and the same numbers")
  func tabs() async throws {
    try await withResponses { folder in
      let settings = try folder.smallSettings()
      try await folder.align(settings)
      try await folder.align(settings, to: "tabs", tables: .tsv)
      for name in ["coupling", "coupling_matrix", "scores"] {
        let comma = try Table(path: folder.path("out/\(name).csv"))
        let tab = try Table(path: folder.path("tabs/\(name).tsv"))
        #expect(comma.columns == tab.columns)
        #expect(comma.rows.map { $0.map { $0.isEmpty ? "n/a" : $0 } } == tab.rows)
      }
      let tab = try folder.rows("tabs/coupling.tsv")
      #expect(tab[0]["share_sd"] == "n/a")
    }
  }

  @Test("alignment.json says what the tables say")
  func record() async throws {
    try await withResponses { folder in
      let settings = try folder.smallSettings()
      try await folder.align(settings)
      let record = try folder.record()
      let rows = try folder.rows("out/coupling.csv")
      for (split, own) in record.splits {
        let table = rows.filter { $0["split"] == split }
        #expect(own.C.joined().map { $0 ?? .nan } == table.map { number($0["cost"]) })
        #expect(own.P.joined().map { $0 ?? .nan } == table.map { number($0["mass"]) })
        let scores = try folder.rows("out/scores.csv")
          .filter { $0["split"] == split && $0["method"] == "hot" }
        #expect(own.scores["hot"]?.map { $0 ?? .nan } == scores.map { number($0["score"]) })
        #expect(own.solves.count == 7)
        #expect(own.training_stimuli == 16 && own.heldout_stimuli == 4)
      }
      #expect(record.split_order == Self.splits)
      #expect(record.certificate.solves == 21)
      #expect(abs(record.certificate.worst_gap ?? 1) < 1e-9)
      #expect((record.certificate.worst_primal_violation ?? 1) < 1e-9)
      #expect((record.certificate.worst_dual_violation ?? 1) < 1e-9)
      #expect(record.common_stimuli == 20)
      #expect(record.source.units == [4, 3] && record.target.units == [5, 3, 2])
      #expect(record.target.stages == Self.layers)
      #expect(record.settings.trainingFraction == 0.8 && record.settings.splitsFile == nil)
      // stimuli.tsv, stages.tsv and the matrices of either side.
      #expect(record.provenance.inputs.count == 4 + 5)
    }
  }

  @Test("The order of the target's rows and other stimuli in it change no number")
  func rowOrder() async throws {
    try await withResponses { folder in
      let settings = try folder.smallSettings()
      try await folder.align(settings)
      let stimuli = try Table(path: settings.target + "/stimuli.tsv").column("stimulus_id")
      try folder.table(
        "model/stimuli.tsv", ["stimulus_id"] + ["extra"] + stimuli.reversed())
      for name in ["a", StageName.awkward, "c"] {
        let path = settings.target + "/\(name).npy"
        let array = try NumpyArray(path: path)
        let (values, width) = (try array.floats(), array.shape[1])
        let reversed = (0..<20).reversed().flatMap { values[$0 * width..<($0 + 1) * width] }
        try NumpyArray(
          shape: [21, width], elements: .float32([Float](repeating: 3, count: width) + reversed)
        ).write(to: path, replacing: true)
      }
      let run = try AlignmentRun(settings)
      #expect(run.notes.contains { $0.contains("share 20") && $0.contains("extra") })
      try await folder.align(settings, to: "again")
      for name in ["coupling.csv", "scores.csv"] {
        #expect(
          try String(contentsOfFile: folder.path("out/\(name)"), encoding: .utf8)
            == String(contentsOfFile: folder.path("again/\(name)"), encoding: .utf8))
      }
    }
  }

  private func number(_ text: String?) -> Double { text.flatMap(Double.init) ?? .nan }
  private func sum(_ rows: [[String: String]], _ column: String) -> Double {
    rows.reduce(0) { $0 + number($1[column]) }
  }
}

/// Stems of files.
enum StageName {
  static let awkward = StageFileName.stem("b, \"deep\"/1")
}
