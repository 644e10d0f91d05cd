extension Split {
  /// How far the error of the held-out score of one split goes with that of another of the same stimuli:
  /// an assumed correlation, for the spread of their mean.
  ///
  /// With held-out stimuli H and training stimuli T, the error being the score on H less that on all
  /// stimuli there could be, the fit kept:
  ///
  ///     ρ = |H₁ ∩ H₂| / √(|H₁| |H₂|) + ¼ · |H₁ ∩ T₂| |H₂ ∩ T₁| / √(|H₁| |T₁| |H₂| |T₂|)
  ///
  /// The first part takes the fits for equal, so that a stimulus held out twice errs alike both times.
  /// The second is for pairs of stimuli that change sides: each judges a fit that the other shaped. A
  /// quarter is the assumed share of the errors' variance that depends on single training stimuli; it
  /// was chosen by simulation (Benchmarks, calibration). Like the correction of NadeauBengio2003 this is
  /// a rule: the correlation itself cannot be estimated from one set of data.
  ///
  /// Symmetric; 1 with itself, 0 where a split holds out nothing.
  public func errorCorrelation(with other: Split) -> Double {
    let tests = Double(heldOut.count * other.heldOut.count).squareRoot()
    let trainings = Double(training.count * other.training.count).squareRoot()
    guard tests > 0 else { return 0 }
    let sharedCount = Self.sharedCount(heldOut, other.heldOut)
    let changingCount =
      Self.sharedCount(heldOut, other.training) * Self.sharedCount(other.heldOut, training)
    let changing = changingCount == 0 ? 0 : Double(changingCount) / (4 * tests * trainings)
    return Double(sharedCount) / tests + changing
  }

  private static func sharedCount(_ one: [Int], _ other: [Int]) -> Int {
    Set(one).intersection(other).count
  }
}
