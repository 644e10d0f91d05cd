import ChiasmLinearAlgebra
import ChiasmTransport
import Testing

@Suite("Starting potentials")
struct StartingPotentialsTests {
  @Test(
    "Whatever they are, every solver ends as well as without",
    arguments: [(20, 20), (17, 23), (23, 17), (8, 24)])
  func anyPotentials(p: Int, q: Int) throws {
    var problem = try TransportProblem(
      cost: randomCosts(p, q, seed: 2), source: randomWeights(p, seed: 1, sparse: p == 17))
    let cold = NetworkSimplex().solve(problem)
    for potentials in [
      cold.targetPotentials, [Double](repeating: 0, count: q), (0..<q).map { Double($0 % 5) },
      (0..<q).map { $0 % 2 == 0 ? 1e300 : -1e300 }, (0..<q).map { 1e-300 * Double($0) },
    ] {
      problem.startingPotentials = potentials
      for solver in SolverContractTests.solvers {
        let warm = solver.solve(problem)
        #expect(warm.certificate.primalViolation <= 1e-14)
        #expect(warm.cost - cold.cost <= warm.certificate.bound + 1e-14)
        if warm.termination == .optimal { #expect(isClose(warm.cost, cold.cost, within: 1e-13)) }
      }
    }
  }

  @Test("Those of a similar problem save phases and pivots")
  func savings() throws {
    let cost = try randomCosts(120, 120, seed: 9)
    let noise = try randomCosts(120, 120, seed: 10, in: 0...1e-4)
    let near = try CostMatrix(
      Matrix(
        rowCount: 120, columnCount: 120,
        elements: zip(cost.values.elements, noise.values.elements).map { $0 + $1 }))
    let neighbour = ExactTransport().solve(try TransportProblem(cost: cost))
    var problem = try TransportProblem(cost: near)
    let cold = ExactTransport().solve(problem)
    problem.startingPotentials = neighbour.targetPotentials
    let warm = ExactTransport().solve(problem)
    #expect(warm.iterations < cold.iterations)
    #expect(isClose(warm.cost, cold.cost, within: 1e-14))
  }
}
