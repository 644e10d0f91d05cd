import ChiasmAlignment
import ChiasmFiles
import Foundation
import ChiasmLinearAlgebra
import ChiasmResponses
import ChiasmStatistics
import TestSupport
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Units of measure change no result, the contract")
struct UnitsOfMeasure {
  /// The small settings with the source's responses changed, in double precision.
  private func settings(
    _ folder: ResponseFolder, _ change: (_ response: Double, _ unit: Int) -> Double
  ) throws -> AlignmentSettings {
    let settings = try folder.smallSettings()
    for (name, units) in [("V1", 4), ("V2", 3)] {
      let file = settings.source + "/\(name).npy"
      let numbers = try NumpyArray(path: file).doubles()
      try NumpyArray(
        shape: [20, units],
        elements: .float64(numbers.enumerated().map { change($1, $0 % units) })
      ).write(to: file, replacing: true)
    }
    return settings
  }

  private func expectUnchanged(
    within tolerance: Double, _ change: (_ response: Double, _ unit: Int) -> Double
  ) async throws {
    try await withResponses { folder in
      let own = try await folder.align(settings(folder) { response, _ in response }, to: "own")
      let other = try await folder.align(settings(folder, change), to: "other")
      #expect(!other.said.contains("do not vary"))
      for (one, two) in zip(own.fitted.costs.elements, other.fitted.costs.elements) {
        #expect(abs(one.mean - two.mean) <= tolerance)
      }
      for (one, two) in zip(own.splits, other.splits) {
        for (a, b) in zip(one.unitScores.joined(), two.unitScores.joined()) {
          #expect(abs(a - b) <= 100 * tolerance)
        }
      }
    }
  }

  @Test("Tesla align as percents do, and one small unit among others counts")
  func small() async throws {
    try await expectUnchanged(within: 1e-7) { response, _ in response * 1e-13 }
    try await expectUnchanged(within: 1e-7) { response, unit in
      unit == 0 ? response * 1e-13 : response
    }
  }

  @Test("An offset that single precision cannot hold changes no cost", arguments: [1e7, 1e8, -1e9])
  func offset(size: Double) async throws {
    try await expectUnchanged(within: 2e-6 * max(1, abs(size) * 1e-9)) { response, _ in
      response + size
    }
  }

  @Test("Numbers beyond single precision are numbers", arguments: [1e39, 1e-60])
  func size(factor: Double) async throws {
    try await expectUnchanged(within: 1e-6) { response, _ in response * factor }
    try await expectUnchanged(within: 1e-6) { response, unit in
      unit == 1 ? response * factor : response
    }
  }

  @Test("Measures of patterns see offsets as they were", arguments: ["rsa", "rsa-cosine-pearson"])
  func patterns(measure: String) async throws {
    try await withResponses { folder in
      var values: [Double] = []
      // A whole number of 1e4 for each unit is held by single precision to 1e-3, of 1e9 to 64.
      for (size, factor) in [(300.0, 1.0), (300, 1e60), (300, 1e-60)] {
        let changed = try settings(folder) { response, unit in
          (response + size * Double(unit)) * factor
        }
        var comparison = ComparisonSettings(source: changed.source, target: changed.target)
        comparison.measures = [measure]
        values.append(
          try await folder.measured(comparison)[0].values[0, 0])
      }
      #expect(values.allSatisfy { abs($0 - values[0]) <= 1e-3 }, "\(values)")
      // 1 − Pearson over units does not know what is added to all units alike.
      guard measure == "rsa" else { return }
      let plain = try folder.comparison([measure])
      let own = try await folder.measured(plain)[0].values[0, 0]
      let moved = try settings(folder) { response, _ in response + 1e9 }
      var comparison = ComparisonSettings(source: moved.source, target: moved.target)
      comparison.measures = [measure]
      let value = try await folder.measured(comparison)[0].values[0, 0]
      #expect(abs(value - own) <= 1e-9)
    }
  }

  @Test("How many units are left out is said of every stage")
  func leftOut() async throws {
    try await withResponses { folder in
      let changed = try settings(folder) { response, unit in unit < 2 ? 0.1 : response }
      let result = try await folder.align(changed)
      #expect(
        result.messages.first
          == "Units that do not vary over the training stimuli are left out: 2 of 4 in V1, "
          + "2 of 3 in V2.")
      var comparison = ComparisonSettings(source: changed.source, target: changed.target)
      comparison.measures = ["cka"]
      #expect(
        try ComparisonRun(comparison).notes == [
          "Units that do not vary over the stimuli are left out: 2 of 4 in V1, 2 of 3 in V2."
        ])
    }
  }

  @Test(
    "Data in tesla give the score of the same data unscaled",
    .enabled(
      if: SharedData.has("faults/small-units"), "needs ../shared/data/faults"),
    arguments: ["s", "s_partial"])
  func tesla(source: String) async throws {
    let folder = "faults/small-units/"
    let settings = AlignmentSettings(
      source: SharedData.path(folder + source), target: SharedData.path(folder + "t"))
    var input = try AlignmentInput(reading: settings)
    // The known score is that of splits of the stimuli in the order of their names.
    let order = input.pair.stimulusIDs.enumerated().sorted { $0.element < $1.element }.map(\.offset)
    input.pair = try ResponsePair(
      source: ResponseSet(
        stimulusIDs: order.map { input.pair.stimulusIDs[$0] },
        stages: input.pair.source.stages.map { $0.selectingStimuli(order) }),
      target: input.pair.target)
    let result = try await AlignmentRun(input, settings).run(command: "chiasm align", threads: 2)
    let scores = result.scores(of: "hot").map { $0.stageScores[0] }
    #expect(abs(scores.reduce(0, +) / Double(scores.count) - 0.5900) <= 5e-5)
  }
}
