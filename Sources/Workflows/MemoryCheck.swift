internal import ChiasmFiles
internal import ChiasmResponses

extension MachineLimits {
  /// Throws `memory` for work that takes more than there is; `remedy` says what to do.
  func check(
    _ needed: Int, for work: String, remedy: (_ limit: Int) -> String
  ) throws(WorkflowError) {
    guard needed > memory else { return }
    throw .memory(work: work, needed: needed, available: memory, remedy: remedy(memory))
  }

  /// The same for pairs of stages that are worked on side by side.
  ///
  /// - Parameters:
  ///   - bytes: what a pair of units takes.
  ///   - isRepeated: whether the largest pair is worked on by all threads at once, as for draws.
  func check(
    _ sources: [Stage], _ targets: [Stage], bytesPerUnitPair bytes: Int, threads: Int,
    isRepeated: Bool
  ) throws(WorkflowError) {
    let sizes = sources.flatMap { source in
      targets.map { target in
        (source, target, count: Double(source.unitCount) * Double(target.unitCount))
      }
    }.sorted { $0.count > $1.count }
    guard let (source, target, count) = sizes.first else { return }
    let width = min(threads, processors)
    let inFlight = isRepeated ? width : min(width, sizes.count)
    let sum =
      isRepeated
      ? count * Double(width) : sizes.prefix(inFlight).reduce(0) { $0 + $1.count }
    try check(
      Int(min(sum * Double(bytes), 1e18)),
      for: "Matching the units of \(source.name) and \(target.name) "
        + "(\(source.unitCount) × \(target.unitCount)"
        + (inFlight > 1 ? ", and \(inFlight) pairs of stages at once)" : ")")
    ) { limit in
      let units = (Double(limit) / Double(bytes * inFlight)).squareRoot()
      return "take at most \(Int(units)) units a stage with --max-units"
        + (inFlight > 1 && count * Double(bytes) <= Double(limit)
          ? ", or fewer threads with --threads" : "")
    }
  }
}
