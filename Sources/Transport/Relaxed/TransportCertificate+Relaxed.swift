extension TransportCertificate {
  /// A certificate of a relaxed problem, whose violations and gap are computed by that problem.
  init(primalViolation: Double, dualViolation: Double, gap: Double, bound: Double) {
    self.primalViolation = primalViolation
    self.dualViolation = dualViolation
    self.gap = gap
    self.bound = bound
  }
}
