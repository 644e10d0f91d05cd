internal import ChiasmLinearAlgebra
public import ChiasmTransport

/// The inner problem of one source stage and one target stage, solved: the unit plan Q_lm.
public struct UnitMatch: Sendable {
  /// What matching a mass costs.
  public struct Point: Equatable, Sendable {
    /// s, of 1.
    public let mass: Double
    /// ⟨1 − ρ, Q_s⟩ / s.
    public let cost: Double
  }

  /// Q: rows are the source's varying units, columns the target's; rows sum to 1/n, columns to 1/q,
  /// or to no more than that where not all mass is matched.
  public let plan: TransportPlan
  /// s, the mass that is matched.
  public let mass: Double
  /// C_lm = ⟨1 − ρ, Q⟩ / s.
  public let cost: Double
  /// All masses that were tried, ascending; none where everything is matched unasked.
  public let curve: [Point]
  /// What proves the plan optimal.
  public let certificate: TransportCertificate
  /// The solver's iterations.
  public let iterations: Int
}

/// What predicts the responses of a source stage's units from those of a target stage's units.
///
/// For source unit i of n the prediction is x̂_i = Σ_j w_ij y_j: a plan Q has w = n Q, few of which are
/// not 0. A matching of another kind predicts in its own way; what judges predictions asks no more.
protocol UnitPredictor: Sendable {
  /// Adds `factor` times the prediction of a source unit to a row of `rows`, a column a stimulus.
  func predict(
    _ unit: Int, from target: Matrix<Double>, times factor: Double, into rows: inout Matrix<Double>,
    row: Int)

  /// Adds the prediction of a source unit to a row of `rows`, and gives what the target units that it is
  /// made of say of the source unit one by one.
  func predict(
    _ unit: Int, of source: HeldOutResponses, from target: HeldOutResponses,
    into rows: inout Matrix<Double>, row: Int
  ) -> MatchedCorrelations
}

/// A plan predicts by its sparse rows.
extension TransportPlan: UnitPredictor {
  func predict(
    _ unit: Int, from target: Matrix<Double>, times factor: Double, into rows: inout Matrix<Double>,
    row: Int
  ) {
    for index in indices(ofRow: unit) {
      rows.add(
        factor * Double(rowCount) * masses[index], times: Int(columns[index]), of: target,
        toRow: row)
    }
  }

  // One pass, so that the responses of a target unit are near for both: rows may be full.
  func predict(
    _ unit: Int, of source: HeldOutResponses, from target: HeldOutResponses,
    into rows: inout Matrix<Double>, row: Int
  ) -> MatchedCorrelations {
    var correlations = MatchedCorrelations()
    for index in indices(ofRow: unit) {
      let weight = Double(rowCount) * masses[index]
      let column = Int(columns[index])
      rows.add(weight, times: column, of: target.values, toRow: row)
      let product =
        target.varies[column] ? source.values.dot(row: unit, target.values, row: column) : 0
      let norm = target.varies[column] ? target.norms[column] * source.norms[unit] : 1
      correlations.add(weight * product / norm, weight: weight, ceiling: target.ceilings?[column])
    }
    return correlations
  }
}

extension UnitMatch {
  /// What predicts the source stage's units by this match.
  var predictor: any UnitPredictor { plan }

  init(_ solution: TransportSolution) {
    self.init(
      plan: solution.plan, mass: 1, cost: solution.cost, curve: [],
      certificate: solution.certificate, iterations: solution.iterations)
  }

  init(_ curve: MassCurve) {
    let points = zip(curve.masses, curve.solutions).map { mass, solution in
      Point(mass: mass, cost: solution.cost / mass)
    }
    self.init(
      plan: curve.solution.plan, mass: curve.mass, cost: points[curve.chosen].cost, curve: points,
      certificate: curve.solution.certificate, iterations: curve.solution.iterations)
  }
}
