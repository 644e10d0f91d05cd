/// What the units of one target stage that a source unit is matched with say one by one, unmixed.
struct UnitMatches: Sendable {
  /// Σ_j n_l Q_lm[i,j] ρ(x, y_j).
  private(set) var sum = 0.0
  /// Σ_j n_l Q_lm[i,j]: the part of the unit's mass that is matched.
  private(set) var mass = 0.0
  /// Σ_j n_l Q_lm[i,j] ρ(x, y_j) / √NC_j over the target units that have a ceiling.
  private(set) var noiselessSum = 0.0
  /// Σ_j n_l Q_lm[i,j] over these.
  private(set) var noiselessMass = 0.0

  /// Adds a target unit by n_l Q_lm[i,j] ρ(x, y_j); a ceiling that is NaN is none.
  mutating func add(_ weighedCorrelation: Double, weight: Double, ceiling: Double?) {
    sum += weighedCorrelation
    mass += weight
    guard let ceiling, ceiling > 0 else { return }
    noiselessSum += weighedCorrelation / ceiling.squareRoot()
    noiselessMass += weight
  }
}
