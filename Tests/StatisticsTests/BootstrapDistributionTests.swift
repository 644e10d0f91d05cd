import ChiasmStatistics
import Testing

@Suite("Bootstrap intervals")
struct BootstrapDistributionTests {
  @Test("Percentile and BCa intervals are those of SciPy on the same draws")
  func scipy() throws {
    let cases = try EvidenceReference.read().bootstraps
    #expect(cases.count == 5)
    for key in cases {
      let bootstrap = BootstrapDistribution(key.draws)
      let percentile = bootstrap.percentileInterval(level: key.level)
      #expect(isClose([percentile.lower, percentile.upper], key.percentile, within: 1e-13))
      let accelerated = bootstrap.acceleratedInterval(
        estimate: key.estimate, jackknife: key.jackknife, level: key.level)
      #expect(
        isClose([accelerated.lower, accelerated.upper], key.accelerated, within: 1e-12),
        "\(key.name): \(accelerated)")
    }
  }

  @Test("A quantile lies linearly between draws")
  func quantiles() {
    let bootstrap = BootstrapDistribution([4, 1, 2])
    #expect([0, 0.25, 0.5, 0.75, 1].map(bootstrap.quantile) == [1, 1.5, 2, 3, 4])
    #expect(bootstrap.quantile(-0.01).isNaN)
    #expect(bootstrap.quantile(1.01).isNaN)
    #expect(BootstrapDistribution([7]).quantile(0.3) == 7)
    #expect(BootstrapDistribution([-.infinity, -.infinity, 0]).quantile(0.2) == -.infinity)
  }

  @Test("Quantiles are those of type 7, of a sample in any order")
  func sample() {
    let quantiles = Quantiles([8, 2, .nan, 1, 4])
    #expect([0, 0.25, 0.5, 0.75, 1].map(quantiles.callAsFunction) == [1, 1.75, 3, 5, 8])
    #expect(quantiles.median == 3 && Quantiles([]).median.isNaN)
  }

  @Test("The ends are BCa where it is defined, else percentile, and the method says which")
  func rule() {
    let bootstrap = BootstrapDistribution((1...40).map(Double.init))
    let inside = bootstrap.interval(estimate: 12.5, jackknife: [1, 2, 4])
    #expect(inside.method == .bca && inside.ends == inside.accelerated)
    #expect(inside.ends.lower < inside.percentile.lower)
    for (estimate, jackknife) in [(50, [1.0, 2, 4]), (12.5, nil)] {
      let other = bootstrap.interval(estimate: estimate, jackknife: jackknife)
      #expect(other.method == .percentile && other.ends == other.percentile)
      #expect(other.accelerated.lower.isNaN)
    }
    #expect(BootstrapDistribution([.nan]).interval(estimate: 1, jackknife: [1, 2]).method == nil)
  }

  @Test("Equal draws give an interval of no width")
  func constant() {
    let bootstrap = BootstrapDistribution([0.5, 0.5, 0.5])
    let wanted = ConfidenceInterval(lower: 0.5, upper: 0.5, level: 0.95)
    #expect(bootstrap.percentileInterval() == wanted)
    #expect(bootstrap.acceleratedInterval(estimate: 0.5, jackknife: [0.5, 0.5]) == wanted)
    #expect(wanted.contains(0.5))
  }

  @Test("With no bias and no skewness BCa is the percentile interval")
  func symmetric() {
    let bootstrap = BootstrapDistribution((-50...50).map(Double.init))
    let plain = bootstrap.percentileInterval(level: 0.9)
    let accelerated = bootstrap.acceleratedInterval(
      estimate: 0, jackknife: [-1, 0, 1], level: 0.9)
    #expect(isClose(plain.lower, accelerated.lower, within: 1e-12))
    #expect(isClose(plain.upper, accelerated.upper, within: 1e-12))
  }

  @Test("Draws on one side of the estimate cannot be corrected: no interval, but a percentile one")
  func oneSided() {
    let bootstrap = BootstrapDistribution([1, 2, 3])
    let interval = bootstrap.acceleratedInterval(estimate: 4, jackknife: [1, 2, 4])
    #expect(bootstrap.biasCorrection(of: 4) == .infinity)
    #expect(interval.lower.isNaN && interval.upper.isNaN)
    #expect(!interval.contains(2))
    #expect(bootstrap.percentileInterval().contains(2))
  }

  @Test("Undefined draws are left out and counted; without draws there is no interval")
  func undefined() {
    let bootstrap = BootstrapDistribution([.nan, 2, .nan, 1])
    #expect(bootstrap.draws == [1, 2])
    #expect(bootstrap.undefinedCount == 2)
    let none = BootstrapDistribution([.nan])
    #expect(none.percentileInterval().lower.isNaN)
    #expect(none.acceleratedInterval(estimate: 1, jackknife: [1, 2]).upper.isNaN)
    #expect(bootstrap.acceleratedInterval(estimate: .nan, jackknife: [1, 2]).upper.isNaN)
  }

  @Test("Acceleration does not change with scale, and leaves out NaN")
  func acceleration() {
    let values = [1.0, 2, 4, 9]
    let a = BootstrapDistribution.acceleration(ofJackknife: values)
    #expect(a < 0)
    let scaled = BootstrapDistribution.acceleration(ofJackknife: values.map { $0 * 1e200 })
    #expect(isClose(scaled, a, within: 1e-14))
    #expect(BootstrapDistribution.acceleration(ofJackknife: values + [.nan]) == a)
    #expect(BootstrapDistribution.acceleration(ofJackknife: [3, 3, 3]) == 0)
    #expect(BootstrapDistribution.acceleration(ofJackknife: []) == 0)
  }

  @Test("Intervals of the mean of skewed data hold it about as often as they say")
  func coverage() {
    var held = (percentile: 0, accelerated: 0)
    for trial in 0..<200 {
      var generator = SeededGenerator(seed: 5, stream: UInt64(trial))
      let data = (0..<40).map { _ in generator.normal() + generator.normal() * 0.5 + 2 }
      let mean = { (rows: [Int]) in Spread(rows.map { data[$0] }).mean }
      let resampling = StimulusSampling(count: 40, seed: UInt64(trial))
      let bootstrap = BootstrapDistribution((0..<400).map { mean(resampling.bootstrapSample($0)) })
      held.percentile += bootstrap.percentileInterval().contains(2) ? 1 : 0
      let accelerated = bootstrap.acceleratedInterval(
        estimate: Spread(data).mean, jackknife: resampling.jackknifeSamples(20).map(mean))
      held.accelerated += accelerated.contains(2) ? 1 : 0
    }
    // 190 expected with a standard deviation of 3; small samples lose a little.
    #expect(178...199 ~= held.percentile, "\(held)")
    #expect(178...199 ~= held.accelerated, "\(held)")
  }
}
