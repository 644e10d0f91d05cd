/// Masses rounded down to whole multiples of a grain, so that a run has few kinds of paths to fill.
///
/// Between p and q points of equal mass, where p does not divide q, most of the exact masses' grains
/// would be sent in tiny portions, one path each. With the lesser of the two unit masses as grain,
/// each path fills a point, and the potentials come out nearly as good. Other masses are taken in
/// halves of the mean mass on the more numerous side.
struct CoarseMasses {
  let supplies: [Int64]
  let demands: [Int64]
  let grain: Int64
  /// Whether nothing was lost.
  let isExact: Bool

  init(supplies: [Int64], demands: [Int64]) {
    let isUniform = [supplies, demands].allSatisfy { $0.min() == $0.max() }
    let points = Int64(max(supplies.count, demands.count))
    let grain =
      isUniform ? min(supplies[0], demands[0]) : max(1, supplies.reduce(0, +) / (2 * points))
    self.grain = grain
    self.supplies = supplies.map { $0 / grain * grain }
    self.demands = demands.map { $0 / grain * grain }
    isExact = self.supplies == supplies && self.demands == demands
  }
}
