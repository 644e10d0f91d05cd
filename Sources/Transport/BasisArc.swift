/// An arc of a basis, or of a plan on the way to one, with its flow in grains.
struct BasisArc: Equatable {
  var row: Int
  var column: Int
  var flow: Int64

  /// The arc with rows and columns exchanged.
  var turned: BasisArc { BasisArc(row: column, column: row, flow: flow) }
}
