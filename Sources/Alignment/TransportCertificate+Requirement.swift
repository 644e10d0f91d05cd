internal import ChiasmTransport

extension TransportCertificate {
  /// Throws `notCertified` for a proof that does not hold within a tolerance; nil accepts any.
  func require(
    _ tolerance: Double?, between names: (source: String, target: String)
  ) throws(AlignmentError) {
    guard let tolerance, !holds(within: tolerance) else { return }
    throw .notCertified(
      source: names.source, target: names.target, primalViolation: primalViolation,
      dualViolation: dualViolation, gap: gap)
  }
}
