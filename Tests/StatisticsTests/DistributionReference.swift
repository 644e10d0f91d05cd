import Testing

@testable import ChiasmStatistics

@Suite("Reference: distributions by SciPy")
struct DistributionReference {
  let reference: EvidenceReference

  init() throws { reference = try EvidenceReference.read() }

  @Test("Normal quantiles, far into the tails")
  func normal() {
    #expect(reference.normals.count == 11)
    for point in reference.normals {
      let x = NormalDistribution.quantile(point.p)
      #expect(isClose(x, point.x, within: 1e-12), "\(point.p): \(x)")
      #expect(abs(NormalDistribution.cumulative(point.x) - point.p) <= 1e-12 * point.p)
    }
    #expect(NormalDistribution.quantile(0) == -.infinity)
    #expect(NormalDistribution.quantile(1) == .infinity)
    #expect(NormalDistribution.quantile(-0.1).isNaN)
    #expect(NormalDistribution.quantile(.nan).isNaN)
  }

  @Test("Two-sided tails of Student's t, and their quantiles")
  func student() {
    #expect(reference.students.count == 36)
    for point in reference.students {
      let student = StudentDistribution(degreesOfFreedom: point.degrees)
      let p = student.twoSided(point.t)
      #expect(abs(p - point.p) <= 1e-10 * point.p, "\(point.degrees), \(point.t): \(p)")
      if point.t > 1e-3, point.p > 1e-15 {
        #expect(isClose(student.twoSidedQuantile(point.p), point.t, within: 1e-9))
      }
    }
  }

  @Test("Tails of the Kolmogorov–Smirnov distance, exact and by series")
  func kolmogorov() {
    #expect(reference.tails.count == 19)
    #expect(reference.tails.count { $0.exact != nil } == 8)
    for point in reference.tails {
      let p = UniformityTest.tail(count: point.count, statistic: point.statistic)
      // SciPy's own error reaches 7e-7, as the exact values show.
      #expect(abs(p - point.p) <= 1e-6, "\(point): \(p)")
      if let exact = point.exact { #expect(abs(p - exact) <= 1e-12, "\(point): \(p)") }
    }
  }
}
