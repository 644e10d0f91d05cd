internal import ChiasmAlignment
internal import ChiasmTransport

/// Global transport in one split of `alignment.json`, beside its scores.
struct GlobalRecord: Codable, Equatable {
  /// The mass between the units of two stages: source stages × target stages.
  let mass: [[Double?]]
  let cost: Double?
  /// Units in use, a number a stage: fewer than there are when the problem would be too large.
  let source_units: [Int]
  let target_units: [Int]
  let certificate: AlignmentRecord.Proof

  init(_ coupling: GlobalCoupling) {
    mass = rows(coupling.masses) { $0.finite }
    cost = coupling.cost.finite
    source_units = coupling.sourceUnitCounts
    target_units = coupling.targetUnitCounts
    certificate = AlignmentRecord.Proof([coupling.certificate])
  }
}
