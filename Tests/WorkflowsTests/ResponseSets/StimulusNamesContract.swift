import ChiasmAlignment
import ChiasmFiles
import ChiasmResponses
import ChiasmStatistics
import Foundation
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Names of stimuli that differ between two sets, the contract")
struct StimulusNamesContract {
  /// Settings whose target is the same but for its names.
  private func settings(
    _ folder: ResponseFolder, _ naming: StimulusNaming?, target name: (String) -> String
  ) throws -> AlignmentSettings {
    var settings = try folder.smallSettings()
    settings.target = try folder.set(
      "renamed", [("a", 5), ("b, \"deep\"/1", 3), ("c", 2)],
      stimuli: ResponseFolder.stimuli.map(name), seed: 2)
    settings.naming = naming
    return settings
  }

  /// What the run of some settings says of names.
  private func notes(_ settings: AlignmentSettings) throws -> [String] {
    try AlignmentRun(settings).notes.filter { $0.contains("--match") || $0.contains("names") }
  }

  @Test("An alignment and a comparison of names that differ are those of names that are the same")
  func sameNumbers() async throws {
    try await withResponses { folder in
      try await folder.align(folder.smallSettings(), to: "same")
      let lines = ["old new"] + ResponseFolder.stimuli.map { "net_\($0).x \($0)" }
      let map = try folder.table("names.tsv", lines)
      let comma = try folder.table("names.csv", lines.map { $0.replacing(" ", with: ",") })
      for (number, (naming, name)) in [
        (StimulusNaming(match: .basename), { "a/b/\($0)" } as (String) -> String),
        (StimulusNaming(match: .stem), { "a/\($0).JPEG" }),
        (StimulusNaming(mapFile: map), { "net_\($0).x" }),
        (StimulusNaming(match: .stem, mapFile: comma), { "net_\($0).x" }),
      ].enumerated() {
        let settings = try self.settings(folder, naming, target: name)
        try await folder.align(settings, to: "\(number)")
        for file in ["coupling.csv", "scores.csv", "splits.tsv"] {
          #expect(
            try TextFile.read(folder.path("\(number)/\(file)"))
              == TextFile.read(folder.path("same/\(file)")))
        }
        let record = try folder.record("\(number)")
        #expect(
          record.settings.naming == StimulusNaming(match: naming.match, mapFile: naming.mapFile))
        #expect(record.common_stimuli == 20)
        #expect(record.provenance.notes.contains { $0.contains("20 of the target") })
        #expect(
          naming.mapFile.map { map in record.provenance.inputs.contains { $0.path == map } } ?? true
        )
        var comparison = ComparisonSettings(source: settings.source, target: settings.target)
        (comparison.measures, comparison.naming) = (["cka"], naming)
        let own = try await folder.compare(comparison, to: "compared\(number)")
        (comparison.target, comparison.naming) = (folder.path("model"), nil)
        #expect(try await folder.compare(comparison, to: "all\(number)").measures == own.measures)
        #expect(own.settings.stimulus_names == record.settings.naming)
        #expect(own.provenance.notes.contains { $0.contains("20 of the target") })
      }
    }
  }

  @Test("What was mapped and shortened is said, with examples of what is nowhere")
  func told() async throws {
    try await withResponses { folder in
      let stem = StimulusNaming(match: .stem)
      let shortened = try notes(self.settings(folder, stem) { "a/\($0).png" })
      #expect(
        shortened == [
          "Stimuli are joined by their names without folders and file endings (--match stem), which "
            + "shortens 0 of the source and 20 of the target: a/s00.png counts as s00."
        ])
      let map = try folder.table("names.tsv", ["old new", "x s00", "s01 y", "z1 s02", "z2 s03"])
      let mapped = try notes(
        self.settings(folder, StimulusNaming(mapFile: map)) {
          $0 == "s00" ? "x" : $0 == "s01" ? "y" : $0
        })
      #expect(
        mapped == [
          "\(map) gives new names to 1 stimulus of the source and 1 of the target; of its 4 old names "
            + "neither has 2, such as z1, z2."
        ])
    }
  }

  @Test("A table of splits may call stimuli as either set does")
  func splits() async throws {
    try await withResponses { folder in
      var settings = try self.settings(folder, StimulusNaming(match: .stem)) { "a/\($0).png" }
      let names = ResponseFolder.stimuli.enumerated().map { $0 % 2 == 0 ? $1 : "a/\($1).png" }
      settings.splitsFile = try folder.table(
        "splits.tsv",
        ["stimulus_id one"] + names.enumerated().map { "\($1) \($0 < 5 ? "test" : "train")" })
      let split = try await folder.align(settings).splits[0].fit.split
      #expect(split.heldOut == [0, 1, 2, 3, 4])
      settings.splitsFile = try folder.table(
        "twice.tsv", ["stimulus_id one", "s00 test", "a/s00.png test"])
      expectFailure("twice.tsv", "line 3", "s00", "line 2") { _ = try AlignmentRun(settings) }
    }
  }

  @Test("Maps that cannot be meant are refused with what is wrong")
  func refusedMaps() async throws {
    try await withResponses { folder in
      func refuses(_ words: String, _ more: String, _ lines: [String]) throws {
        let map = try folder.table("map.tsv", lines)
        let settings = try self.settings(folder, StimulusNaming(mapFile: map)) { $0 }
        let error = expectFailure(words, more) { _ = try AlignmentRun(settings) }
        #expect(error?.category == .badData)
      }
      try refuses("no column 'old'", "'from'", ["from to", "a b"])
      try refuses("line 3", "line 2", ["old new", "s00 x", "s00 y"])
      try refuses("line 2", "name is missing", ["old new", "s00 n/a"])
      try refuses("neither response set", "ghost", ["old new", "ghost s00"])
      try refuses("s00 and s01", "both become x", ["old new", "s00 x", "s01 x"])
      try refuses("s00 and s02", "both become s02", ["old new", "s00 s02"])
      try refuses("s01, the new name of s00", "which set", ["old new", "s00 s01", "s01 s20"])
      var settings = try self.settings(folder, StimulusNaming(mapFile: "nowhere.tsv")) { $0 }
      #expect(
        expectFailure("nowhere.tsv") { _ = try AlignmentRun(settings) }?.category == .inputMissing)
      settings = try self.settings(folder, StimulusNaming(match: .basename)) { "a/\($0.prefix(2))" }
      expectFailure("more than once") { _ = try AlignmentRun(settings) }
      settings = try self.settings(folder, StimulusNaming(match: .basename)) {
        "\($0.suffix(1))/\($0.prefix(2))"
      }
      expectFailure("renamed", "both become s0") { _ = try AlignmentRun(settings) }
    }
  }

  @Test("An alignment the other way has the same stimuli, in the same order, by the same names")
  func reversed() async throws {
    try await withResponses { folder in
      let settings = try self.settings(folder, StimulusNaming(match: .stem)) { "a/\($0).png" }
      let run = try AlignmentRun(settings)
      let other = try run.reversed()
      let (one, two) = (
        try await run.run(command: "chiasm align", threads: 1),
        try await other.run(command: "chiasm align", threads: 1)
      )
      #expect(one.splits.map(\.fit.split) == two.splits.map(\.fit.split))
      #expect(
        one.overlap.common == ResponseFolder.stimuli && two.overlap.common == one.overlap.common)
      #expect(two.result.settings.naming == settings.naming)
    }
  }
}
