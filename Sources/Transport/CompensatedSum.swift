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
