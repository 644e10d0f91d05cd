/// How far a plan can be from the optimum, proven from the problem itself and not from the state of
/// the solver that made the plan.
///
/// For a plan Q and potentials (u, v) with masses (a, b): if Q has the marginals, weak duality gives
/// cost − optimum ≤ gap + dualViolation × mass. Sums are compensated. One pass over the costs.
public struct TransportCertificate: Sendable, Equatable {
  /// The greatest |row or column sum − mass| and the greatest |negative entry|.
  public let primalViolation: Double
  /// max(0, max (uᵢ + vⱼ − Cᵢⱼ)).
  public let dualViolation: Double
  /// ⟨C, Q⟩ − (⟨a, u⟩ + ⟨b, v⟩).
  public let gap: Double
  /// gap + dualViolation × mass: the cost of the plan exceeds the optimum by no more than this.
  public let bound: Double

  /// Judges a plan by potentials. Traps when a shape differs from the problem's.
  public init(
    problem: TransportProblem, plan: TransportPlan, sourcePotentials: [Double],
    targetPotentials: [Double]
  ) {
    let (p, q) = (problem.cost.rowCount, problem.cost.columnCount)
    precondition(sourcePotentials.count == p && targetPotentials.count == q)
    precondition(plan.rowCount == p && plan.columnCount == q)
    primalViolation = Self.primalViolation(of: plan, for: problem)
    dualViolation = problem.cost.violation(sourcePotentials, targetPotentials)
    gap =
      plan.cost(under: problem.cost)
      - compensatedSum([
        compensatedDot(problem.sourceMasses, sourcePotentials),
        compensatedDot(problem.targetMasses, targetPotentials),
      ])
    bound = gap + dualViolation * problem.totalMass
  }

  /// The greatest |row or column sum − mass| and the greatest |negative entry|.
  static func primalViolation(of plan: TransportPlan, for problem: TransportProblem) -> Double {
    let marginalErrors =
      zip(plan.rowSums, problem.sourceMasses).map { abs($0 - $1) }
      + zip(plan.columnSums, problem.targetMasses).map { abs($0 - $1) }
    return greatestExcess(marginalErrors + plan.masses.map { -$0 })
  }
}

extension TransportCertificate {
  /// Whether both violations and the size of the gap are at most `tolerance`; false for a NaN.
  public func holds(within tolerance: Double) -> Bool {
    primalViolation <= tolerance && dualViolation <= tolerance && abs(gap) <= tolerance
  }

  /// A certificate of a relaxed problem, whose violations and gap are computed by that problem.
  init(primalViolation: Double, dualViolation: Double, gap: Double, bound: Double) {
    self.primalViolation = primalViolation
    self.dualViolation = dualViolation
    self.gap = gap
    self.bound = bound
  }
}

/// A running sum with Neumaier's correction: the error does not grow with the number of terms.
struct CompensatedSum {
  private var sum = 0.0
  private var correction = 0.0

  var value: Double { sum + correction }

  static func += (accumulator: inout CompensatedSum, term: Double) {
    let next = accumulator.sum + term
    accumulator.correction +=
      abs(accumulator.sum) >= abs(term)
      ? (accumulator.sum - next) + term : (term - next) + accumulator.sum
    accumulator.sum = next
  }

  /// Adds `x · y` with the rounding error of the product.
  mutating func addProduct(_ x: Double, _ y: Double) {
    let product = x * y
    self += product
    self += (-product).addingProduct(x, y)
  }
}

/// The sum of `terms`, compensated.
func compensatedSum(_ terms: [Double]) -> Double {
  var sum = CompensatedSum()
  for term in terms { sum += term }
  return sum.value
}

/// Σ xᵢ·yᵢ, compensated.
func compensatedDot(_ x: [Double], _ y: [Double]) -> Double {
  var sum = CompensatedSum()
  for (left, right) in zip(x, y) { sum.addProduct(left, right) }
  return sum.value
}

/// The greatest of zero and some numbers, NaN when one of them is: a broken solution must not look sound.
func greatestExcess(_ numbers: [Double]) -> Double {
  numbers.reduce(0) { $0.isNaN || $1.isNaN ? .nan : max($0, $1) }
}
