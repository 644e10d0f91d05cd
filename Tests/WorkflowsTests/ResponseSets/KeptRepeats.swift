import ChiasmAlignment
import ChiasmFiles
import Foundation
import ChiasmLinearAlgebra
import ChiasmResponses
import ChiasmStatistics
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Sets with a row for each repeat, the contract")
struct KeptRepeats {
  /// A brain whose stimuli s00 … s11 come one to three times, and the same averaged.
  private func write(_ folder: ResponseFolder) throws -> (kept: String, averaged: String) {
    let names = Array(ResponseFolder.stimuli.prefix(12))
    let showings = names.enumerated().flatMap { number, name in
      (1...(1 + number % 3)).map { (name, $0) }
    }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }
    let kept = try folder.set("kept", [("V1", 4)], stimuli: showings.map(\.0))
    try folder.table(
      "kept/stimuli.tsv", ["stimulus_id repeat"] + showings.map { "\($0.0) \($0.1)" })
    let responses = try folder.responses("kept/V1")
    let averaged = try folder.set("averaged", [("V1", 4)], stimuli: names)
    let means = names.flatMap { name in
      let rows = showings.indices.filter { showings[$0].0 == name }
      return (0..<4).map { unit in
        Float(rows.reduce(0) { $0 + Double(responses[$1, unit]) } / Double(rows.count))
      }
    }
    try NumpyArray(shape: [12, 4], elements: .float32(means))
      .write(to: averaged + "/V1.npy", replacing: true)
    try folder.set("model", [("a", 5), ("b", 3)], seed: 2)
    return (kept, averaged)
  }

  @Test("They align and compare as their averages do, and it is said")
  func averaged() async throws {
    try await withResponses { folder in
      let (kept, averaged) = try write(folder)
      let model = folder.path("model")
      var settings = AlignmentSettings(source: kept, target: model)
      settings.splitCount = 3
      let result = try await folder.align(settings, to: "one")
      let note = result.result.provenance.notes.first { $0.contains("averaged") }
      #expect(
        note == "\(kept): the 20 repeats of 8 stimuli (2 to 3 of each) are averaged before use.")
      settings.source = averaged
      let other = try await folder.align(settings, to: "two")
      #expect(result.splits.map(\.fit.split) == other.splits.map(\.fit.split))
      for name in ["coupling.csv", "scores.csv", "splits.tsv"] {
        let texts = try ["one/", "two/"].map { try TextFile.read(folder.path($0 + name)) }
        #expect(texts[0] == texts[1])
      }
      #expect(try folder.record("one").source.averaged_repeats == 20)
      #expect(try folder.record("one").target.averaged_repeats == 0)
      #expect(try folder.record("two").source.averaged_repeats == 0)
      let pairs = try await [kept, averaged].asyncValues { source in
        let comparison = ComparisonSettings(source: source, target: model)
        return try await folder.measured(comparison).map(\.values)
      }
      #expect(pairs[0] == pairs[1])
      let finding = try ResponseSetFinding(path: kept, withValues: false)
      #expect(finding.problems.isEmpty && finding.stimuli == 12)
    }
  }

  @Test("Without the column, and with one repeat twice, double names are refused")
  func refusals() async throws {
    try await withResponses { folder in
      let (kept, _) = try write(folder)
      let table = try Table(path: kept + "/stimuli.tsv")
      let names = try table.column("stimulus_id")
      try folder.table("kept/stimuli.tsv", ["stimulus_id"] + names)
      expectFailure("more than once", "column repeat") { _ = try StoredResponseSet(path: kept) }
      try folder.table("kept/stimuli.tsv", ["stimulus_id repeat"] + names.map { "\($0) 1" })
      expectFailure("stimuli.tsv", "line 14", "repeat 1 of stimulus s01", "line 3") {
        _ = try StoredResponseSet(path: kept)
      }
    }
  }

  @Test("Ceilings of kept repeats become those of the means, as extract averages them")
  func ceilings() throws {
    try withRecording { folder in
      let ids = (0..<40).map { "s\($0 % 13)" }
      let volumes = SampleNumbers.rows(40, 24, seed: 8)
      // Two sessions, for halves are of other sessions.
      let images = [
        try folder.image("one.nii", Array(volumes[..<20])),
        try folder.image("two.nii", Array(volumes[20...])),
      ]
      let trials = try folder.table(
        "trials.tsv",
        ["session trial stimulus_id"]
          + ids.enumerated().map { "\($0 / 20 + 1) \($0 % 20 + 1) \($1)" })
      let mask = try folder.mask("mask.nii.gz", 3..<15)
      var settings = folder.settings(images, [trials], masks: ["V1=\(mask)"])
      let averaged = try StoredResponseSet(
        path: folder.write(settings, to: "averaged"), noiseCeilings: .required)
      settings.repeats = .keep
      let kept = try StoredResponseSet(
        path: folder.write(settings, to: "kept"), noiseCeilings: .required)
      #expect(
        kept.responses.averagedRepeatCount == 40 && averaged.responses.averagedRepeatCount == 0)
      #expect(kept.responses.stimulusIDs == averaged.responses.stimulusIDs)
      for (one, other) in zip(
        kept.responses.stages[0].responses.elements, averaged.responses.stages[0].responses.elements
      ) { #expect(abs(one - other) <= 1e-6 * max(1, abs(other))) }
      let (mine, expected) = (kept.noiseCeilings[0] ?? [], averaged.noiseCeilings[0] ?? [])
      #expect(mine.count == 12 && expected.contains { $0 > 0 })
      for (one, other) in zip(mine, expected) { #expect(abs(one - other) <= 1e-12) }
    }
  }
}

extension [String] {
  fileprivate func asyncValues<Value>(
    _ body: (String) async throws -> Value
  ) async throws -> [Value] {
    var values: [Value] = []
    for element in self { values.append(try await body(element)) }
    return values
  }
}
