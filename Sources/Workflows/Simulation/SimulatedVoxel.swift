internal import ChiasmStatistics

/// A voxel whose signal and noise are known. Responses are in percent signal change.
struct SimulatedVoxel: Sendable {
  /// Its place in the grid's storage.
  let place: Int
  /// The response that all stimuli share.
  let baseline: Double
  /// What each stimulus adds to it; nil outside the regions, where nothing does.
  let signal: [Double]?
  /// The standard deviation of `signal`.
  let signalDeviation: Double
  /// The standard deviation of the noise of one trial.
  let noiseDeviation: Double

  /// The noise-ceiling signal-to-noise ratio of one trial; infinite without noise.
  var signalToNoise: Double { signalDeviation == 0 ? 0 : signalDeviation / noiseDeviation }

  /// Draws the tuning of a voxel: a positive mix of 1 to 8 of `units`, which are standardised.
  ///
  /// One voxel in six has next to no signal.
  init(
    place: Int, units: [[Double]]?, noise: Double, using generator: inout SeededGenerator
  ) {
    self.place = place
    baseline = 0.5 * generator.normal()
    noiseDeviation = noise * (0.8 + 0.4 * generator.uniform())
    guard let units else {
      (signal, signalDeviation) = (nil, 0)
      return
    }
    let isWeak = generator.integer(below: 6) == 0
    let deviation = isWeak ? 0.05 + 0.15 * generator.uniform() : 0.5 + 0.9 * generator.uniform()
    let count = 1 + generator.integer(below: 8)
    let mix = Mixture.draw(count, of: units, using: &generator) { 0.2 + 0.8 * $0.uniform() }
    signal = mix.standardized.map { deviation * $0 }
    signalDeviation = deviation
  }

  /// The response to a stimulus in one trial.
  func response(to stimulus: Int, using generator: inout SeededGenerator) -> Double {
    baseline + (signal?[stimulus] ?? 0) + noiseDeviation * generator.normal()
  }
}
