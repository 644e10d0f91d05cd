internal import ChiasmFiles
internal import ChiasmTransport

extension CompressedSparseRows {
  /// A transport plan, which has the same form.
  init(_ plan: TransportPlan) {
    self.init(
      rowCount: plan.rowCount, columnCount: plan.columnCount, rowStarts: plan.rowStarts,
      columns: plan.columns.map(Int.init), values: plan.masses)
  }
}
