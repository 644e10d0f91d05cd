import ChiasmAlignment
import ChiasmLinearAlgebra
import ChiasmTransport
import ChiasmResponses
import Testing

@Suite("Controls against their definitions")
struct ControlTests {
  @Test("HOT weighs target stages by L · P")
  func coupledStages() throws {
    let fit = try madeFit([[0, 1, 2], [3, 1, 0]])
    // Rows hold 1/2 and columns 1/3; the third unit of mass in the middle is cheapest split evenly.
    let third = 1.0 / 3
    let expected = [2 * third, third, 0, 0, third, 2 * third]
    #expect(try largestDifference(only(CoupledStages(), fit).elements, expected) <= 1e-15)
  }

  @Test("Single-Best takes argmax P, whatever the costs are, and of equals the one of least cost")
  func singleBest() throws {
    let costs = [[0.0, 1, 1], [0, 1, 1], [0, 1, 1]]
    let sixth = 1.0 / 6
    let coupling = [[0, sixth, sixth.nextUp], [0.1, 0.03, 0.2], [0.3, 0.02, 0.01]]
    let fit = try madeFit(costs, coupling: coupling)
    #expect(fit.bestTargets == [1, 2, 0])
    #expect(fit.tiedTargets == [[1, 2], [2], [0]])
    let cheaper = try madeFit([[0.0, 1, 0.9], [0, 1, 1], [0, 1, 1]], coupling: coupling)
    #expect(cheaper.bestTargets == [2, 2, 0])
    let apart = try madeFit(costs, coupling: [[0, 0.2, 0.2 + 2e-12], [0, 0, 0], [0, 0, 1]])
    #expect(apart.bestTargets == [2, nil, 2] && apart.tiedTargets == [[2], [], [2]])
    #expect(try only(SingleBestStage(), fit) == matrix([[0, 1, 0], [0, 0, 1], [1, 0, 0]]))
  }

  @Test("The order of the target stages does not decide what Single-Best predicts")
  func singleBestInAnyOrder() async throws {
    let (source, target) = (try system([6, 9], seed: 1), try system([7, 5, 10, 6], seed: 2))
    func scores(_ stages: [Stage]) async throws -> [Double] {
      let pair = try ResponsePair(
        source: source,
        target: ResponseSet(stimulusIDs: target.stimulusIDs, stages: stages))
      let alignment = try await align(pair, controls: [SingleBestStage()])
      #expect(alignment.fit.tiedTargets.map(\.count) == [2, 2])
      return alignment.scores[0].stageScores
    }
    let (forth, back) = (
      try await scores(target.stages), try await scores(target.stages.reversed())
    )
    #expect(largestDifference(forth, back) <= 1e-12)
  }

  @Test("Pairwise-Best takes argmin C, whatever P is, and the first of equals")
  func pairwiseBest() throws {
    let costs = [[0.3, 0.1, 0.1], [0.2, 0.4, 0.5], [0.9, 0.8, 0.7]]
    let fit = try madeFit(costs, coupling: [[1, 0, 0], [0, 1, 0], [0, 1, 0]])
    #expect(fit.cheapestTargets == [1, 0, 2])
    #expect(try only(CheapestStage(), fit) == matrix([[0, 1, 0], [1, 0, 0], [0, 0, 1]]))
  }

  @Test("Uniform-P weighs all target stages 1/M")
  func uniform() throws {
    let fit = try madeFit([[0, 1, 2, 3], [3, 1, 0, 5]])
    #expect(
      try only(UniformCoupling(), fit) == Matrix(rowCount: 2, columnCount: 4, repeating: 0.25))
  }

  @Test("Every mixture has a row for each source stage that sums to 1")
  func rows() throws {
    let fit = try madeFit([[0, 1, 2, 3], [3, 1, 0, 5], [1, 1, 1, 0]])
    let controls: [any MixtureControl] = [
      CoupledStages(), SingleBestStage(), CheapestStage(), UniformCoupling(),
      PermutedCoupling(count: 5, seed: 1),
    ]
    for control in controls {
      for mixture in control.mixtures(for: fit) {
        #expect((mixture.rowCount, mixture.columnCount) == (3, 4))
        for row in 0..<3 { #expect(abs(mixture.row(row).reduce(0, +) - 1) <= 1e-15) }
      }
    }
    #expect(
      controls.map(\.name) == ["hot", "single-best", "pairwise-best", "uniform-p", "perm-p"])
  }

  @Test("Every control is described once, in the order of result files")
  func descriptions() {
    let all = ControlDescription.all
    #expect(
      all.map(\.name) == [
        "hot", "perm-p", "single-best", "pairwise-best", "perm-layers", "uniform-p", "entropy-p",
        "global", "ridge",
      ])
    #expect(Set(all.map(\.title)).count == all.count && Set(all.map(\.meaning)).count == all.count)
    #expect(
      all.allSatisfy { !$0.title.isEmpty && !$0.meaning.isEmpty && !$0.meaning.hasSuffix(".") })
  }

  @Test("A matched score is described as its control is, and an unknown method not at all")
  func methodDescriptions() throws {
    let matched = try #require(ControlDescription(method: "perm-p-matched"))
    #expect(matched.name == "perm-p-matched" && matched.title == "Perm-P, matched")
    #expect(matched.meaning == PermutedCoupling.description.meaning)
    #expect(ControlDescription(method: "ridge") == ConcatenatedRidge.description)
    #expect(ControlDescription(method: "matched") == nil)
    #expect(ControlDescription(method: "-matched") == nil)
  }

  @Test(
    "HOT and Single-Best are one when each row of P has one entry",
    arguments: [[[6, 9, 8], [7, 5, 10]], [[6, 9, 8, 5], [7, 10]]])
  func vertex(units: [[Int]]) async throws {
    let pair = try ResponsePair(
      source: system(units[0], seed: 5), target: system(units[1], seed: 6))
    let alignment = try await align(pair, controls: [CoupledStages(), SingleBestStage()])
    let coupling = alignment.fit.coupling
    for row in 0..<coupling.rowCount { #expect(coupling.row(row).count { $0 > 0 } == 1) }
    let scores = alignment.scores
    #expect(scores.map(\.method) == ["hot", "hot-matched", "single-best", "single-best-matched"])
    #expect(largestDifference(scores[0].stageScores, scores[2].stageScores) <= 1e-14)
    #expect(largestDifference(scores[1].stageScores, scores[3].stageScores) <= 1e-14)
  }

  private func only(_ control: some MixtureControl, _ fit: FittedTransport) throws -> Matrix<Double>
  {
    let mixtures = control.mixtures(for: fit)
    #expect(mixtures.count == 1)
    return try #require(mixtures.first)
  }
}
