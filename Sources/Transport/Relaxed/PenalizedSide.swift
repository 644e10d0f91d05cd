internal import RealModule

/// How a side of an unbalanced problem answers to potentials: with masses aᵢ e^(−fᵢ/ρ).
struct PenalizedSide {
  let masses: [Double]
  let penalty: Double

  /// 1/ρ: 0 for fixed masses.
  var rate: Double { 1 / penalty }

  /// The change of potentials that matters: the least penalty, or the spread of costs if that is less
  /// and not zero.
  func scale(with other: PenalizedSide, spread: Double) -> Double {
    [penalty, other.penalty, spread].filter { $0 > 0 }.reduce(.infinity, min)
  }

  /// aᵢ e^(−fᵢ/ρ); aᵢ for fixed masses.
  func answer(to potentials: [Double]) -> [Double] {
    zip(masses, potentials).map {
      $0 == 0 || penalty == .infinity ? $0 : $0 * Double.exp(-$1 / penalty)
    }
  }

  /// Σ ρ aᵢ (1 − e^(−fᵢ/ρ)), the dual of the penalty; Σ aᵢ fᵢ for fixed masses.
  func dualValue(of potentials: [Double]) -> Double {
    compensatedSum(
      zip(masses, potentials).map { mass, f in
        if mass == 0 { return 0 }
        return penalty == .infinity ? mass * f : -penalty * mass * Double.expMinusOne(-f / penalty)
      })
  }

  /// ρ Σ KL(xᵢ | aᵢ); 0 for fixed masses.
  func cost(of sums: [Double]) -> Double {
    if penalty == .infinity { return 0 }
    return penalty * compensatedSum(zip(sums, masses).map { divergence($0, from: $1) })
  }

  /// Penalty less dual value less the change of ⟨f, x⟩: ρ Σ KL(xᵢ | aᵢ e^(−fᵢ/ρ)), without
  /// cancellation; Σ (xᵢ − aᵢ) fᵢ for fixed masses.
  func gap(of sums: [Double], at potentials: [Double]) -> Double {
    if penalty == .infinity {
      return compensatedDot(zip(sums, masses).map { $0 - $1 }, potentials)
    }
    let answers = answer(to: potentials)
    return penalty * compensatedSum(zip(sums, answers).map { divergence($0, from: $1) })
  }
}

/// The t that makes Σ aᵢ e^(−(fᵢ + t)/ρ₁) equal Σ bⱼ e^(−(gⱼ − t)/ρ₂), given both sums at t = 0.
///
/// Of all translations (f + t, g − t) it has the greatest dual value. Reference: Sejourne2022.
func balancingTranslation(_ first: Double, _ second: Double, rates: (Double, Double)) -> Double {
  guard first > 0, second > 0 else { return 0 }
  return (Double.log(first) - Double.log(second)) / (rates.0 + rates.1)
}

/// x log(x/m) − x + m, the divergence of one mass x from another m: 0 for equal ones, ∞ from 0.
func divergence(_ x: Double, from m: Double) -> Double {
  if x == 0 { return m }
  if m == 0 { return .infinity }
  let r = (x - m) / m
  guard abs(r) < 0.1 else { return x * Double.log(x / m) - x + m }
  // (1 + r) log(1 + r) − r = r²/2 − r³/6 + r⁴/12 − …, where the formula above cancels.
  var (sum, power) = (0.0, -r)
  for k in 2..<20 {
    power *= -r
    sum += power / Double(k * (k - 1))
  }
  return m * sum
}
