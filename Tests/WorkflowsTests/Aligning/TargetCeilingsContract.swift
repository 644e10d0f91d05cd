import ChiasmAlignment
import ChiasmFiles
import Foundation
import ChiasmTransport
import ChiasmStatistics
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Matched scores normalised by the ceilings of both sides")
struct TargetCeilingsContract {
  /// Two brains of 2 × 12 units over 240 stimuli that correlate 0.8 unit by unit, each unit with
  /// noise of its own to its own ceiling; `noisy` false leaves the noise away.
  private func brains(_ folder: ResponseFolder, noisy: Bool, targetCeilings: Bool = true) throws {
    var shared = SeededGenerator(seed: 1)
    var noise = SeededGenerator(seed: 2)
    let stimuli = (0..<240).map { "s\($0)" }
    var elements: [String: [Float]] = [:]
    let places = ["one/V1", "one/V2", "other/V1", "other/V2"]
    for stage in ["V1", "V2"] {
      for _ in stimuli {
        for unit in 0..<12 {
          let (signal, private_) = (shared.normal(), shared.normal())
          for (set, value) in [("one", signal), ("other", 0.8 * signal + 0.6 * private_)] {
            let ceiling = noisy ? ceiling(unit, of: set) : 1
            let response =
              ceiling.squareRoot() * value + (1 - ceiling).squareRoot() * noise.normal()
            elements["\(set)/\(stage)", default: []].append(Float(response))
          }
        }
      }
    }
    for place in places {
      let set = String(place.prefix { $0 != "/" })
      try folder.table("\(set)/stimuli.tsv", ["stimulus_id"] + stimuli)
      try NumpyArray(shape: [240, 12], elements: .float32(elements[place] ?? []))
        .write(to: folder.path("\(place).npy"), replacing: true)
      let rows = (0..<12).map { noisy ? "\(ceiling($0, of: set))" : "1" }
      try folder.table(
        "\(place)_units.tsv",
        [set == "other" && !targetCeilings ? "value" : "noise_ceiling"] + rows)
    }
  }

  private func ceiling(_ unit: Int, of set: String) -> Double {
    (set == "one" ? 0.4 : 0.85) - (set == "one" ? -0.03 : 0.04) * Double(unit)
  }

  private func settings(_ folder: ResponseFolder, floor: Double = 0.1) -> AlignmentSettings {
    var settings = AlignmentSettings(source: folder.path("one"), target: folder.path("other"))
    (settings.splitCount, settings.ceilingFloor) = (2, floor)
    settings.controls = [.singleBest, .global]
    return settings
  }

  @Test("With both ceilings the matched score is nearer to that of brains without noise")
  func recovery() async throws {
    try await withResponses { folder in
      var means: [String: [Double]] = [:]
      for (name, noisy, ceilings) in [
        ("clean", false, true), ("both", true, true), ("source", true, false),
      ] {
        try brains(folder, noisy: noisy, targetCeilings: ceilings)
        try await folder.align(settings(folder), to: name)
        let scores = try folder.record(name).scores
        for method in ["hot-matched", "single-best-matched", "global-matched"] {
          let mean = scores[method]?.normalized?.mean ?? .nan
          means[method, default: []].append(mean)
        }
      }
      for (method, values) in means {
        let errors = values.dropFirst().map { abs($0 - values[0]) }
        #expect(errors[0] < 0.04, "\(method) \(values)")
        #expect(errors[1] > 0.1, "\(method) \(values)")
      }
    }
  }

  @Test("Raw scores and mixed predictions are what they are without the target's ceilings")
  func mixed() async throws {
    try await withResponses { folder in
      try brains(folder, noisy: true, targetCeilings: false)
      let without = try await folder.align(settings(folder))
      try brains(folder, noisy: true)
      let with = try await folder.align(settings(folder), to: "with")
      for (one, other) in zip(without.splits, with.splits) {
        #expect(one.scores.map(\.draws) == other.scores.map(\.draws))
        #expect(one.scores.map(\.unitScores) == other.scores.map(\.unitScores))
      }
      for method in ["hot", "single-best", "global"] {
        #expect(
          without.result.scores[method]?.normalized == with.result.scores[method]?.normalized)
        for (name, split) in without.result.splits {
          #expect(split.normalized?[method] == with.result.splits[name]?.normalized?[method])
        }
      }
      #expect(try folder.record().ceiling?.target_units == nil)
    }
  }

  @Test("Units below the floor are left out on either side, counted and told")
  func floor() async throws {
    try await withResponses { folder in
      try brains(folder, noisy: true)
      // Source ceilings are 0.4, 0.43 … 0.73, target ceilings 0.85, 0.81 … 0.41.
      let settings = settings(folder, floor: 0.5)
      let notes = try AlignmentRun(settings).notes.joined(separator: "\n")
      #expect(notes.contains("normalised by the noise ceilings of the target, without its units"))
      #expect(notes.contains("3 of 12 in V1, 3 of 12 in V2"))
      let result = try await folder.align(settings)
      let record = try #require(try folder.record().ceiling)
      #expect(record.units_below_floor == [4, 4] && record.target_units_below_floor == [3, 3])
      #expect(record.target_units == [12, 12] && record.target_units_unknown == [0, 0])
      let split = result.splits[0]
      let scores = try #require(split.scores.first { $0.method == "single-best-matched" })
      let noiseless = try #require(scores.unitScoresWithoutTargetNoise)
      for stage in 0..<2 {
        let plan = split.fit.match(stage, try #require(split.fit.bestTargets[stage])).plan
        for unit in 0..<12 {
          let partner = try #require(plan.entries.first { $0.row == unit }).column
          let expected = scores.unitScores[stage][unit] / ceiling(partner, of: "other").squareRoot()
          let found = noiseless[stage][unit]
          #expect(partner > 8 ? found.isNaN : abs(found - expected) <= 1e-12)
        }
      }
    }
  }

  @Test("A target with ceilings for some stages only counts as free of noise, which is said")
  func some() async throws {
    try await withResponses { folder in
      try brains(folder, noisy: true)
      try FileManager.default.removeItem(atPath: folder.path("other/V2_units.tsv"))
      let notes = try AlignmentRun(settings(folder)).notes
      #expect(notes.contains { $0.contains("counts as free of noise") && $0.contains("not V2.") })
      let result = try await folder.align(settings(folder))
      #expect(result.splits[0].scores.allSatisfy { $0.unitScoresWithoutTargetNoise == nil })
      try folder.table("other/V2_units.tsv", ["noise_ceiling"] + (0..<12).map { _ in "1.2" })
      expectFailure("V2_units.tsv", "above 1") { _ = try AlignmentRun(settings(folder)) }
    }
  }
}
