extension TransportCertificate {
  /// A certificate of a relaxed problem, whose violations and gap are computed by that problem.
  init(primalViolation: Double, dualViolation: Double, gap: Double, bound: Double) {
    self.primalViolation = primalViolation
    self.dualViolation = dualViolation
    self.gap = gap
    self.bound = bound
  }
}

/// The greatest of zero and some numbers, NaN when one of them is.
func greatestExcess(_ numbers: [Double]) -> Double {
  numbers.reduce(0) { $0.isNaN || $1.isNaN ? .nan : max($0, $1) }
}
