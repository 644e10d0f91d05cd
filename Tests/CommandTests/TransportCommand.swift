import ChiasmFiles
import Foundation
import Testing

@Suite("The command transport")
struct TransportCommand {
  private func write(_ study: Study, _ name: String, _ shape: [Int], _ elements: [Double]) throws {
    try NumpyArray(shape: shape, elements: .float64(elements))
      .write(to: study.path(name), replacing: true)
  }

  private func record(_ text: String) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test("Pairs that cost much or infinitely much are avoided, and the plan is proven")
  func avoidedPairs() throws {
    try withStudy { study in
      for dear in [1e12, 1e32, .infinity] {
        try write(study, "c.npy", [3, 3], [0.5, dear, 0.25, 0.125, 0.5, dear, dear, 0.75, 0.5])
        let outcome = try study.program.run(["transport", "c.npy", "--json"])
        #expect(outcome.status == 0 && outcome.errors == "")
        let result = try record(outcome.output)
        #expect(result["termination"] as? String == "optimal")
        #expect(result["cost"] as? Double == 1.125 / 3)
        #expect(try #require(result["gap"] as? Double) <= 1e-15)
      }
    }
  }

  @Test("What cannot be solved is refused in one sentence, with nothing written")
  func refused() throws {
    try withStudy { study in
      try write(study, "shut.npy", [2, 2], [1, .infinity, 2, .infinity])
      try write(study, "great.npy", [1, 2], [1e140, 2e140])
      try write(study, "heavy.npy", [1], [1e200])
      try write(study, "halves.npy", [2], [5e199, 5e199])
      try write(study, "nan.npy", [1, 2], [1, .nan])
      let before = try study.names()
      let weights = ["--source-weights", "heavy.npy", "--target-weights", "halves.npy"]
      for (command, status, words) in [
        (["shut.npy"], 65, ["0.5 of 1", "infinite"]),
        (["great.npy"] + weights, 65, ["2e+140", "1e+200"]),
        (["nan.npy"], 65, ["row 0, column 1", "nan"]),
        (["shut.npy", "--solver", "sinkhorn"], 64, ["--solver", "exact"]),
      ] as [([String], Int32, [String])] {
        let outcome = try study.program.run(
          ["transport"] + command + ["--output", "plan.npz", "--json"])
        #expect(outcome.status == status && outcome.output == "")
        #expect(outcome.errors.hasPrefix("chiasm: ") && outcome.errors.count { $0 == "\n" } == 1)
        for word in words { #expect(outcome.errors.contains(word), "\(outcome.errors)") }
        #expect(try study.names() == before)
      }
    }
  }

  @Test("A plan that is not proven is written with another status and a sentence")
  func unproven() throws {
    try withStudy { study in
      try write(study, "c.npy", [2, 2], [6, 4, 5, 8].map { $0 * .leastNonzeroMagnitude })
      let outcome = try study.program.run(["transport", "c.npy", "--json"])
      #expect(outcome.status == 65 && outcome.errors.contains("above the optimum"))
      #expect(try record(outcome.output)["termination"] as? String == "unproven")
    }
  }

  @Test("Weights that went through float32 are scaled to one total, which is said")
  func singleWeights() throws {
    try withStudy { study in
      try write(study, "c.npy", [5, 7], Study.numbers(35, seed: 3).map(abs))
      for (name, count) in [("a.npy", 5), ("b.npy", 7)] {
        try NumpyArray(
          shape: [count], elements: .float32([Float](repeating: 1 / Float(count), count: count))
        ).write(to: study.path(name), replacing: true)
      }
      let command = [
        "transport", "c.npy", "--source-weights", "a.npy", "--target-weights", "b.npy", "--json",
      ]
      let outcome = try study.program.run(command)
      #expect(outcome.status == 0 && outcome.errors.contains("float32"))
      let scale = try #require(record(outcome.output)["target_scale"] as? Double)
      #expect(scale != 1 && abs(scale - 1) < 1e-7)
      for (name, count) in [("a.npy", 5), ("b.npy", 7)] {
        let weights = [Double](repeating: Double(1 / Float(count)), count: count)
        try write(study, name, [count], weights)
      }
      let strict = try study.program.run(command)
      #expect(strict.status == 65 && strict.errors.contains("1.0000000149"))
    }
  }
}
