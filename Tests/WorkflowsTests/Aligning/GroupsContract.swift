import ChiasmAlignment
import ChiasmFiles
import ChiasmReporting
import ChiasmResponses
import ChiasmStatistics
import Foundation
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Stimuli that belong together, in an alignment")
struct GroupsContract {
  /// Twenty stimuli in five categories in turns, five runs and two halves of an uneven size.
  private func settings(
    _ folder: ResponseFolder, permutations: Int = 0,
    _ change: (inout DependenceSettings) -> Void
  ) throws -> AlignmentSettings {
    var settings = try folder.smallSettings()
    try folder.columns(
      "brain",
      ["category": { "c\($0 % 5)" }, "run": { $0 / 4 }, "half": { $0 < 7 ? "a" : "b" }])
    var dependence = DependenceSettings()
    change(&dependence)
    (settings.dependence, settings.permutationCount) = (dependence, permutations)
    (settings.scoreDrawCount, settings.layerPermutationCount) = (30, 0)
    return settings
  }

  @Test("Random splits leave whole groups out, and say how many stimuli train and are held out")
  func splits() async throws {
    try await withResponses { folder in
      let settings = try settings(folder) { $0.groups = "category" }
      let finished = try await folder.align(settings)
      let groups = Grouping((0..<20).map { $0 % 5 })
      for split in finished.splits.map(\.fit.split) {
        let sides = split.ofGroups(groups)
        #expect(sides.training.count == 4 && sides.heldOut.count == 1)
        #expect(split.training.count == 16 && split.heldOut.count == 4)
      }
      let record = try folder.record()
      #expect(record.settings.dependence == settings.dependence)
      #expect(record.dependence?.groups == 5 && record.dependence?.least_stimuli == 4)
      #expect(record.dependence?.orders == nil && record.dependence?.least_p == nil)
      #expect(record.splits.values.allSatisfy { $0.heldout_stimuli == 4 })
      let page = try folder.report().page
      let sentence =
        "3 random splits that leave whole groups out (5 by category), training on 16 and holding out 4 "
        + "of 20 stimuli"
      #expect(page.text(of: "methods").contains(sentence))
      #expect(page.text(of: "methods").contains("held-out stimuli in whole groups (category)"))
      #expect(page.text(of: "controls").contains("take whole groups (category)"))
      #expect(page.text(of: "provenance").contains("whole:category"))
      let inspected = try Inspection(path: folder.path("out")).report.text()
      #expect(
        inspected.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(sentence))
    }
  }

  @Test("All other orders of few groups are taken, and the smallest possible p is said")
  func orders() async throws {
    try await withResponses { folder in
      let settings = try settings(folder, permutations: 200) { $0.groups = "run" }
      let run = try AlignmentRun(settings)
      #expect(run.notes.contains { $0.contains("119 other orders") && $0.contains("0.0083") })
      #expect(run.notes.contains { $0.contains("5 groups") && $0.contains("too narrow") })
      try await folder.align(settings)
      let record = try folder.record()
      #expect(record.evidence.test(.stimulusPermutation, "score")?.draws == 119)
      #expect(record.dependence?.orders == 120 && record.dependence?.least_p == 1.0 / 120)
      #expect(record.provenance.notes == run.notes)
      let methods = try folder.report().page.text(of: "methods")
      #expect(
        methods.contains(
          "119 random orders of the target's stimuli by whole groups (run) with everything fitted"))
    }
  }

  @Test("A permutation moves whole groups: that of the values is that of the rows by hand")
  func whole() async throws {
    try await withResponses { folder in
      let settings = try settings(folder, permutations: 3) { $0.groups = "category" }
      let finished = try await folder.align(settings)
      let groups = Grouping((0..<20).map { $0 % 5 })
      let order = StimulusSampling(
        count: 20, seed: 0, groups: groups, exchange: .whole(groups)
      ).permutation(0)
      var values = try AlignmentInput(reading: settings)
      let target = values.pair.target
      values.pair = try ResponsePair(
        source: values.pair.source,
        target: ResponseSet(
          stimulusIDs: target.stimulusIDs,
          stages: target.stages.map { $0.selectingStimuli(order) }))
      var other = settings
      other.permutationCount = 0
      let moved = try await AlignmentRun(values, other).run(command: "", threads: 1)
      #expect(
        abs((moved.result.scores["hot"]?.mean ?? .nan) - finished.evidence.permutations[0][0])
          < 1e-12)
    }
  }

  @Test("Contiguous folds with a gap shift the order of time")
  func contiguous() async throws {
    try await withResponses { folder in
      let settings = try settings(folder, permutations: 50) {
        ($0.folds, $0.gap) = (.contiguous, 2)
      }
      let finished = try await folder.align(settings)
      let splits = finished.splits.map(\.fit.split)
      #expect(splits.map(\.heldOut) == [Array(0..<7), Array(7..<13), Array(13..<20)])
      #expect(splits[1].training == Array(0..<5) + Array(15..<20))
      #expect(splits.map(\.name) == ["fold_1", "fold_2", "fold_3"])
      let record = try folder.record()
      #expect(record.settings.trainingFraction == nil && record.dependence?.orders == 20)
      #expect(record.evidence.test(.stimulusPermutation, "score")?.draws == 19)
      let methods = try folder.report().page.text(of: "methods")
      #expect(
        methods.contains("3 contiguous folds, training on 10 to 11 and holding out 6 to 7 of 20"))
      #expect(methods.contains("without the 2 stimuli next to held-out ones on either side"))
      #expect(methods.contains("circular shifts of the target's stimuli"))
    }
  }

  @Test("Everything that groups touch is the same on one thread and on three")
  func threads() async throws {
    try await withResponses { folder in
      var settings = try settings(folder, permutations: 6) {
        ($0.groups, $0.folds, $0.exchange) = ("run", .contiguous, .within("half"))
      }
      (settings.bootstrapCount, settings.outer.kind) = (20, .automatic)
      settings.splitCount = 5
      settings.controls = [.hot, .ridge]
      try await folder.align(settings, to: "one", threads: 1)
      try await folder.align(settings, to: "three", threads: 3)
      for name in ["nulls.csv", "intervals.csv", "scores.csv", "alignment.json", "splits.tsv"] {
        let texts = try ["one/", "three/"].map { try TextFile.read(folder.path($0 + name)) }
        #expect(texts[0] == texts[1], "\(name)")
      }
    }
  }

  @Test("A journal of other groups or another exchange is refused")
  func journals() async throws {
    try await withResponses { folder in
      let journal = folder.path("out.journal")
      let first = try settings(folder, permutations: 3) { $0.groups = "category" }
      func run(_ settings: AlignmentSettings) async throws {
        _ = try await AlignmentRun(settings).run(command: "", threads: 1, journal: journal)
      }
      try await run(first)
      try await run(first)
      var other = first
      other.dependence?.exchange = .within("category")
      await #expect(throws: WorkflowError.self) { try await run(other) }
      // The same splits and column with other labels.
      try folder.columns("brain", ["category": { "c\($0 == 0 ? 1 : $0 == 1 ? 0 : $0 % 5)" }])
      await #expect(throws: WorkflowError.self) { try await run(first) }
    }
  }

  @Test("Both directions keep splits and groups together")
  func reversed() async throws {
    try await withResponses { folder in
      let settings = try settings(folder, permutations: 3) { $0.groups = "category" }
      let run = try AlignmentRun(settings)
      let (one, other) = (
        try await run.run(command: "", threads: 1),
        try await run.reversed().run(command: "", threads: 1)
      )
      #expect(one.splits.map(\.fit.split) == other.splits.map(\.fit.split))
      #expect(one.result.dependence == other.result.dependence)
    }
  }

  @Test("Another table may have the column, in any order and with stimuli that are not used")
  func table() async throws {
    try await withResponses { folder in
      let rows = (0..<20).reversed().map { "s\($0 < 10 ? "0" : "")\($0) k\($0 % 4)" }
      let path = try folder.table("groups.tsv", ["stimulus_id kind"] + rows + ["ghost n/a"])
      let settings = try settings(folder) { ($0.groups, $0.table) = ("kind", path) }
      let finished = try await folder.align(settings)
      let groups = Grouping((0..<20).map { $0 % 4 })
      for split in finished.splits.map(\.fit.split) {
        let sides = split.ofGroups(groups)
        #expect(Set(sides.training).isDisjoint(with: sides.heldOut))
      }
      #expect(try folder.record().provenance.inputs.contains { $0.path == path })
    }
  }

  @Test("Splits of a file may have no group on both sides")
  func file() async throws {
    try await withResponses { folder in
      var settings = try settings(folder, permutations: 2) { $0.groups = "category" }
      func splits(_ isHeldOut: (Int) -> Bool) throws -> String {
        try folder.table(
          "splits.tsv",
          ["stimulus_id one"]
            + ResponseFolder.stimuli.enumerated().map {
              "\($1) \(isHeldOut($0) ? "test" : "train")"
            })
      }
      settings.splitsFile = try splits { $0 % 5 == 2 }
      #expect(try AlignmentRun(settings).notes.isEmpty == false)
      settings.splitsFile = try splits { $0 < 5 }
      let error = expectFailure("'category'", "both sides", "split one") {
        _ = try AlignmentRun(settings)
      }
      #expect(error?.category == .badData)
    }
  }

  @Test("Columns and groups that cannot be used are refused in a sentence")
  func refusals() async throws {
    try await withResponses { folder in
      func expect(
        _ words: String..., is category: WorkflowError.Category, permutations: Int = 0,
        splits: Int = 3, _ change: (inout DependenceSettings) -> Void,
        sourceLocation: SourceLocation = #_sourceLocation
      ) throws {
        var settings = try settings(folder, permutations: permutations, change)
        settings.splitCount = splits
        try folder.columns(
          "brain",
          [
            "category": { "c\($0 % 5)" }, "half": { $0 < 7 ? "a" : "b" }, "one": { _ in "x" },
            "holes": { $0 == 3 ? "n/a" : "\($0 % 2)" }, "id": { $0 },
          ])
        let error = #expect(throws: WorkflowError.self, sourceLocation: sourceLocation) {
          try AlignmentRun(settings)
        }
        for word in words {
          #expect(
            error?.description.contains(word) == true, "\(word): \(error?.description ?? "")",
            sourceLocation: sourceLocation)
        }
        #expect(error?.category == category, sourceLocation: sourceLocation)
      }
      try expect("'categry'", "--groups", "did you mean 'category'?", is: .badData) {
        $0.groups = "categry"
      }
      try expect("'day'", "--exchange", "its columns", is: .badData) {
        $0.exchange = .shift; $0.exchange = .whole("day")
      }
      try expect("line 5", "s03 has no holes", is: .badData) { $0.groups = "holes" }
      try expect("'one'", "one value 'x' only", is: .badData) { $0.groups = "one" }
      try expect("7 to 13", "--exchange within:half", is: .badData, permutations: 2, splits: 2) {
        $0.groups = "half"
      }
      try expect("nothing can change places", is: .badData, permutations: 2) {
        $0.exchange = .within("id")
      }
      try expect("2 groups", "--splits 2", is: .badData) {
        ($0.groups, $0.folds) = ("half", .random)
      }
      try expect("no more than 5", "--splits 5", is: .badData, splits: 6) { $0.groups = "category" }
      try expect("no stretches", "stimulus 1", is: .badData) {
        ($0.groups, $0.folds) = ("category", .contiguous)
      }
      try expect("gap is 12", "keeps", is: .usage) { ($0.folds, $0.gap) = (.contiguous, 12) }
      try expect("gap is -1", is: .usage) { ($0.folds, $0.gap) = (.contiguous, -1) }
      try expect("gap is 2", "--folds contiguous", is: .usage) { $0.gap = 2 }
      try expect("folds", "at least 2", is: .usage, splits: 1) { $0.folds = .random }
      try expect("--stimulus-table", is: .usage) { $0.table = "x.tsv" }
      try expect("x.tsv", is: .inputMissing) { ($0.groups, $0.table) = ("category", "x.tsv") }
    }
  }

  @Test("A stimulus of both sets that the table does not name, or names twice unlike, is refused")
  func tables() async throws {
    try await withResponses { folder in
      func run(_ rows: [String]) throws {
        let path = try folder.table("groups.tsv", ["stimulus_id kind"] + rows)
        _ = try AlignmentRun(settings(folder) { ($0.groups, $0.table) = ("kind", path) })
      }
      let rows = ResponseFolder.stimuli.enumerated().map { "\($1) \($0 % 4)" }
      expectFailure("groups.tsv", "2 stimuli", "s18, s19", "kind") { try run(rows.dropLast(2)) }
      expectFailure("groups.tsv", "line 22", "s03", "'1'", "'3' in line 5") {
        try run(rows + ["s03 1"])
      }
      try run(rows + ["s03 3"])
    }
  }

  @Test("A source that is an archive needs a table, and values need labels")
  func withoutTable() async throws {
    try await withResponses { folder in
      var settings = try settings(folder) { $0.groups = "category" }
      let input = try AlignmentInput(reading: settings)
      expectFailure("column category", "label for each of its 20") {
        _ = try AlignmentRun(input.pair, settings)
      }
      let names = NumpyArray(shape: [20], elements: .strings(ResponseFolder.stimuli))
      settings.source = folder.path("brain.npz")
      try NumpyArchive.write(
        [("stimulus_id", names), ("V1", ResponseFolder.array([20, 4]))], to: settings.source)
      expectFailure("brain.npz", "--stimulus-table") { _ = try AlignmentRun(settings) }
    }
  }
}
