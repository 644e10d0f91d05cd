extension TransportCertificate {
  /// Whether both violations and the size of the gap are at most `tolerance`; false for a NaN.
  public func holds(within tolerance: Double) -> Bool {
    primalViolation <= tolerance && dualViolation <= tolerance && abs(gap) <= tolerance
  }
}
