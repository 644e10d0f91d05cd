import ChiasmStatistics
import Testing

@Suite("The test of uniformity")
struct UniformityTests {
  @Test("Statistic and p-value are those of scipy.stats.kstest")
  func scipy() throws {
    let cases = try EvidenceReference.read().uniformity
    #expect(cases.count == 9)
    for key in cases {
      let test = UniformityTest(key.values)
      #expect(isClose(test.statistic, key.statistic, within: 1e-15), "\(key.name)")
      #expect(abs(test.pValue - key.p) <= 1e-6, "\(key.name): \(test.pValue)")
    }
  }

  @Test("Its own p-values are uniform for uniform values")
  func calibrated() {
    let values = (0..<300).map { trial in
      var generator = SeededGenerator(seed: 4, stream: UInt64(trial))
      return UniformityTest((0..<50).map { _ in generator.uniform() }).pValue
    }
    #expect(UniformityTest(values).pValue > 0.01)
  }

  @Test("Order does not matter, nor the direction of the axis")
  func symmetry() {
    let values = [0.1, 0.7, 0.25, 0.9, 0.3]
    let test = UniformityTest(values)
    #expect(UniformityTest(values.reversed()) == test)
    #expect(isClose(UniformityTest(values.map { 1 - $0 }).statistic, test.statistic, within: 1e-15))
  }

  @Test("Evenly spaced values are as uniform as can be, equal ones are not at all")
  func extremes() {
    let even = (0..<10).map { (Double($0) + 0.5) / 10 }
    #expect(isClose(UniformityTest(even).statistic, 0.05, within: 1e-15))
    #expect(isClose(UniformityTest(even).pValue, 1, within: 1e-12))
    #expect(UniformityTest([1, 1, 1]).pValue == 0)
    #expect(UniformityTest([5, 7]) == UniformityTest([1, 1]))
    #expect(UniformityTest([]).pValue.isNaN)
    #expect(UniformityTest([0.5, .nan]).statistic.isNaN)
  }
}
