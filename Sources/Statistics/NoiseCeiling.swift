/// The share of a unit's variance over stimuli that is signal, after its repeats are averaged.
///
/// NC = ncsnr² / (ncsnr² + ν), with ν the mean over stimuli of 1/n for n repeats. With n repeats of
/// every stimulus ν = 1/n. Reference: Allen2022.
public enum NoiseCeiling {
  /// The ceiling in [0, 1] for a noise-ceiling signal-to-noise ratio; NaN for a NaN or an infinite
  /// ratio, which tells of a noise that was not measured.
  ///
  /// A negative ratio counts as 0.
  public static func share(signalToNoise: Double, meanInverseRepeats: Double) -> Double {
    guard signalToNoise.isFinite else { return .nan }
    let square = max(signalToNoise, 0) * max(signalToNoise, 0)
    if square.isInfinite { return 1 }
    return square == 0 ? 0 : square / (square + meanInverseRepeats)
  }

  /// The ceiling of means of repeats from that of single showings, NC / (NC + ν (1 − NC)).
  ///
  /// It is what `share(signalToNoise:meanInverseRepeats:)` gives for the same ratio; NaN for a NaN.
  public static func share(
    ofSingleShowings ceiling: Double, meanInverseRepeats: Double
  ) -> Double {
    ceiling == 0 ? 0 : ceiling / (ceiling + meanInverseRepeats * (1 - ceiling))
  }

  /// The mean of 1/n over stimuli; NaN without stimuli.
  public static func meanInverse(ofRepeats repeats: [Int]) -> Double {
    repeats.reduce(0) { $0 + 1 / Double($1) } / Double(repeats.count)
  }
}

extension NoiseCeiling {
  /// How many showings the two halves of each stimulus hold, and what their means leave of the noise.
  public struct Halves: Equatable, Sendable {
    /// a, the mean over stimuli of 1/n for the n showings of the odd half.
    public let oddMeanInverse: Double
    /// b, the same for the even half.
    public let evenMeanInverse: Double

    /// The halves of stimuli with these numbers of showings, each at least 1, in the same order.
    ///
    /// Both means are NaN without stimuli.
    public init(odd: [Int], even: [Int]) {
      precondition(odd.count == even.count, "Every stimulus has two halves.")
      precondition((odd + even).allSatisfy { $0 >= 1 }, "No half is empty.")
      oddMeanInverse = meanInverse(ofRepeats: odd)
      evenMeanInverse = meanInverse(ofRepeats: even)
    }
  }

  /// The ceiling in [0, 1] for the correlation r, over stimuli, of the means of two halves.
  ///
  /// With signal variance q in units of the noise of one showing, r = q / √((q + a)(q + b)); the
  /// root of that is q, and NC = q / (q + ν):
  /// ```
  /// NC = c / (c + 2 (1 − r²) ν)     c = r² (a + b) + r √(r² (a − b)² + 4 a b)
  /// ```
  /// With n repeats of every stimulus, n even, a = b = 2/n and ν = 1/n, it is the Spearman–Brown
  /// formula 2r / (1 + r). Unlike that it holds for halves of different size, as of three repeats,
  /// and for stimuli that are shown more or less often than those with halves. Noise that the halves
  /// share counts as signal; so a block of the recording, such as a session, belongs to one half of a
  /// stimulus whole. References: Spearman1910, Brown1910.
  ///
  /// - Parameters:
  ///   - correlation: r; a negative one counts as 0, one of 1 or more as all signal, NaN gives NaN.
  ///   - halves: the a and b of the stimuli that r was taken over.
  ///   - meanInverseRepeats: ν of the means that the ceiling is for; 1 for single showings.
  public static func share(
    halfCorrelation correlation: Double, halves: Halves, meanInverseRepeats: Double
  ) -> Double {
    if correlation.isNaN { return .nan }
    if correlation <= 0 { return 0 }
    if correlation >= 1 { return 1 }
    let (r, a, b) = (correlation, halves.oddMeanInverse, halves.evenMeanInverse)
    let signal = r * r * (a + b) + r * (r * r * (a - b) * (a - b) + 4 * a * b).squareRoot()
    return signal / (signal + 2 * (1 - r * r) * meanInverseRepeats)
  }
}

/// Divides the scores of units by what the noise of the recording lets a score be.
///
/// With r_i the correlation of unit i and its prediction and NC_i the share of the unit's variance
/// that is signal (see `NoiseCeiling`), the normalised score is
/// ```
/// r_i / √NC_i                where only the predicted unit is noisy, as brain from model
/// r_i / √(NC_i · NC′_i)      where what predicts it has a ceiling NC′_i too, as brain from brain
/// ```
/// Spearman's correction for attenuation: the correlation that would be found without noise,
/// provided that the noise of the two sides is independent. Reference: Spearman1904.
///
/// A small ceiling is known poorly and blows up what it divides, so no score is divided by a ceiling
/// below the floor: such units are left out, they are not clipped to it.
public struct CeilingNormalization: Equatable, Sendable {
  /// The floor unless another is asked for, a share of variance.
  public static let defaultFloor = 0.1

  /// The least ceiling, a share of variance, that a score is divided by; of two, each must reach it.
  public let floor: Double

  /// - Precondition: the floor is above 0 and at most 1.
  public init(floor: Double = defaultFloor) {
    precondition(floor > 0 && floor <= 1, "A floor is a share above 0 and at most 1.")
    self.floor = floor
  }

  /// Normalises the scores of some units of one stage.
  ///
  /// - Parameters:
  ///   - scores: r of each unit, NaN for one without a score.
  ///   - columns: for each score, the place of its unit in `ceilings`; nil if they stand in one order.
  ///   - ceilings: NC of every unit of the stage, NaN where it is not known.
  ///   - targetCeilings: for each score, in the order of `scores`, NC′ of what predicts the unit,
  ///     NaN where it is not known; nil if the prediction counts as free of noise.
  /// - Returns: r / √NC of each unit, in the order of the scores; NaN where there is no score, or where
  ///   a ceiling is not known or below the floor. Not cut at 1: an estimated ceiling may be below the
  ///   score's square, and cutting would bias the mean.
  /// - Precondition: a column and a target's ceiling for each score; every column has a ceiling.
  public func normalize(
    _ scores: [Double], columns: [Int]? = nil, ceilings: [Double], targetCeilings: [Double]? = nil
  ) -> [Double] {
    precondition((columns ?? Array(ceilings.indices)).count == scores.count, "A column a score.")
    precondition(targetCeilings.map { $0.count == scores.count } ?? true, "A ceiling a score.")
    return scores.indices.map { unit in
      let ceiling = ceilings[columns?[unit] ?? unit]
      let targetCeiling = targetCeilings?[unit] ?? 1
      guard ceiling >= floor, targetCeiling >= floor else { return .nan }
      return scores[unit] / (ceiling * targetCeiling).squareRoot()
    }
  }
}
