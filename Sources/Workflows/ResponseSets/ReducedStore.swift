internal import ChiasmDatasets
internal import ChiasmLinearAlgebra
internal import ChiasmReporting
internal import ChiasmResponses
internal import ChiasmStatistics
internal import Dispatch
internal import Synchronization

/// What becomes of the units of layers while they are read: pooled, and then projected.
struct LayerReduction: Sendable {
  /// How units with several axes are pooled.
  var pooling = Pooling()
  /// How many units a stage that has more is projected to; nil for none.
  var projectedCount: Int?
  /// The seed of projections.
  var seed: UInt64 = 0
  /// How many threads work at once; changes no number.
  var threads = 1

  /// Nothing becomes of them.
  init() {}

  /// Checks the settings.
  ///
  /// - Parameter others: other ways to have fewer units that are asked for.
  /// - Throws: `setting` for a number of projected units below 1, or with another way.
  init(
    _ pooling: Pooling?, project count: Int?, seed: UInt64, threads: Int = 1, beside others: [Int?]
  ) throws(WorkflowError) {
    if let count, !(1...1_000_000).contains(count) {
      throw .setting(
        name: "The number of projected units", expected: "from 1 to 1,000,000", actual: "\(count)")
    }
    guard ([count] + others).compactMap(\.self).count <= 1 else {
      throw .setting(
        name: "The number of ways to have fewer units",
        expected: "at most one of --max-units, --project and --components",
        actual: "\(([count] + others).compactMap(\.self).count)")
    }
    (self.pooling, projectedCount) = (pooling ?? Pooling(), count)
    (self.seed, self.threads) = (seed, threads)
  }

  /// Refuses them for responses that were not read of files.
  func check(files: [String]) throws(WorkflowError) {
    guard files.isEmpty, !isNone else { return }
    throw .setting(
      name: "Pooling or projection",
      expected: "left out for values; it belongs to the reading of files", actual: "given")
  }

  /// Whether nothing is asked for.
  var isNone: Bool { pooling == Pooling() && projectedCount == nil }
}

/// A response set whose layers are pooled and projected as they are read, some stimuli at a time: memory
/// holds a block of the stage and what is kept of it.
///
/// Units of a brain have places and noise ceilings, and stay as they are. Of a pooled stage, unit c is
/// channel c, and of a grid of K × K cells unit c K² + i K + j is cell (i, j) of channel c. Numbers keep the
/// precision of the file.
struct ReducedStore: ResponseStore {
  private let base: any ResponseStore
  private let reduction: LayerReduction
  /// The most numbers of a block that is read.
  private static let blockLimit = 1 << 22

  /// Wraps a store of layers.
  init(_ base: any ResponseStore, _ reduction: LayerReduction) {
    (self.base, self.reduction) = (base, reduction)
  }

  var path: String { base.path }
  var format: String { base.format }
  var role: Role { base.role }
  var stimulusIDs: [String] { base.stimulusIDs }
  var hasRepeats: Bool { base.hasRepeats }
  var entries: [StageEntry] { base.entries }
  var notes: [String] { base.notes }

  func files(of entries: [StageEntry]) -> [String] { base.files(of: entries) }

  func shape(of entry: StageEntry) throws -> StageShape {
    let shape = try base.shape(of: entry)
    let plan = try plan(of: entry, shape)
    return plan.isNone
      ? shape
      : StageShape(
        rowCount: shape.rowCount, axes: plan.axes, datatype: shape.isNarrow ? "float32" : "float64")
  }

  func read(_ entry: StageEntry, columns: [Int]?) throws -> Stage {
    let shape = try base.shape(of: entry)
    let plan = try plan(of: entry, shape)
    if plan.isNone { return try base.read(entry, columns: columns) }
    return try Stage(gathering: entry, of: self, columns: columns)
  }

  func forEachBlock(
    of entry: StageEntry, rowCount: Int, _ body: (Matrix<Double>) throws -> Void
  ) throws {
    let shape = try base.shape(of: entry)
    let plan = try plan(of: entry, shape)
    if plan.isNone { return try base.forEachBlock(of: entry, rowCount: rowCount, body) }
    let most = max(1, Self.blockLimit / max(1, shape.unitCount))
    let projection = plan.projection.map {
      SparseProjection(of: $0.width, to: $0.count, seed: reduction.seed, name: entry.name)
    }
    // Rows are projected eight at a time.
    let wanted = min(rowCount, most >= 8 ? most / 8 * 8 : most)
    var row = 0
    try base.forEachBlock(of: entry, rowCount: wanted) { block in
      if projection != nil { try checkFinite(block, of: entry, from: row) }
      row += block.rowCount
      let elements = concurrentRows(block.rowCount, threads: reduction.threads) {
        plan(block, rows: $0, projection)
      }
      try body(
        Matrix(
          rowCount: block.rowCount, columnCount: plan.axes.reduce(1, *), elements: elements))
    }
  }

  /// Throws `notFinite` before a projection spreads a NaN or an infinity over new units.
  private func checkFinite(_ block: Matrix<Double>, of entry: StageEntry, from row: Int) throws {
    let isFinite = block.elements.withUnsafeBufferPointer { numbers in
      // A sum of products with 0 is 0 unless one of the numbers is not finite.
      numbers.reduce(0) { $0 + 0 * $1 } == 0
    }
    guard !isFinite, let first = block.elements.firstIndex(where: { !$0.isFinite }) else { return }
    throw ResponseError.notFinite(
      stage: entry.name, stimulus: stimulusIDs[row + first / block.columnCount],
      unit: first % block.columnCount, count: block.elements.count { !$0.isFinite })
  }
}

extension ReducedStore {
  /// What is done with the units of one stage.
  private struct Plan: Sendable {
    let pool: UnitPool?
    /// From how many units to how many a projection goes; nil for none.
    let projection: (width: Int, count: Int)?
    /// The extents of the axes that are left.
    let axes: [Int]

    var isNone: Bool { pool == nil && projection == nil }

    /// The new units of some rows, one row after the other.
    func callAsFunction(
      _ block: Matrix<Double>, rows: Range<Int>, _ projection: SparseProjection?
    ) -> [Double] {
      guard let pool else { return projection?(block, rows: rows) ?? [] }
      let pooled = rows.flatMap { pool(block.row($0)) }
      guard let projection else { return pooled }
      return projection(
        Matrix(
          rowCount: rows.count, columnCount: pool.axes.reduce(1, *), elements: pooled),
        rows: 0..<rows.count)
    }
  }

  private func plan(of entry: StageEntry, _ shape: StageShape) throws -> Plan {
    if reduction.pooling.isFiner(than: shape.axes) {
      throw WorkflowError.setting(
        name: "--pool of stage \(entry.name) in \(path)",
        expected: "a grid of no more cells along an axis than its maps have places, "
          + "\(shape.axes[1]) × \(shape.axes[2])", actual: "\(reduction.pooling)")
    }
    let pool = shape.unitCount > 0 ? reduction.pooling.pool(axes: shape.axes) : nil
    let axes = pool?.axes ?? shape.axes
    let width = axes.reduce(1, *)
    guard let count = reduction.projectedCount, width > count else {
      return Plan(pool: pool, projection: nil, axes: axes)
    }
    return Plan(pool: pool, projection: (width, count), axes: [count])
  }

  /// What the user is told of what becomes of some stages.
  func notes(on entries: [StageEntry]) throws -> [String] {
    let shapes = try entries.map { ($0.name, try base.shape(of: $0)) }
    var notes: [String] = []
    if reduction.pooling != Pooling() {
      let pools = shapes.map { ($0, $1, reduction.pooling.pool(axes: $1.axes)) }
      let pooled = pools.compactMap { name, shape, pool in
        pool.map { "\(name) (\(Self.text(shape.axes)) to \(Self.text($0.axes)))" }
      }
      let others = pools.filter { $0.2 == nil }.map { "\($0.0) (\(Self.text($0.1.axes)))" }
      if !pooled.isEmpty {
        notes.append(
          "\(path): pooled by \(reduction.pooling): \(pooled.joined(separator: ", ")).")
      }
      if !others.isEmpty {
        notes.append(
          "\(path): stays as it is, for --pool \(reduction.pooling) does not fit its shape: "
            + others.joined(separator: ", ") + ".")
      }
    }
    if let count = reduction.projectedCount {
      let wide = shapes.map { name, shape in
        (name, (reduction.pooling.pool(axes: shape.axes)?.axes ?? shape.axes).reduce(1, *))
      }.filter { $0.1 > count }
      if !wide.isEmpty {
        notes.append(
          "\(path): projected to \(ReportText.count(count, "unit")): "
            + wide.map { "\($0) (of \($1))" }.joined(separator: ", ") + ". "
            + Self.bound(stimuli: stimulusIDs.count, units: count))
      }
    }
    return notes
  }

  private static func text(_ axes: [Int]) -> String {
    axes.map { "\($0)" }.joined(separator: " × ")
  }

  /// How far distances may be off.
  private static func bound(stimuli: Int, units: Int) -> String {
    guard let distortion = SparseProjection.distortion(stimuli: stimuli, units: units) else {
      return "With so few the lemma of Johnson and Lindenstrauss bounds no distance between "
        + "\(stimuli) stimuli."
    }
    return "Squared distances between \(stimuli) stimuli are within "
      + "\(NumberText.fixed(100 * distortion, decimals: 0)) % of themselves by the lemma of Johnson and "
      + "Lindenstrauss."
  }
}

/// The results of `body` for ranges that make up 0 ..< `count`, joined in order, computed on at most
/// `threads` at a time.
private func concurrentRows(
  _ count: Int, threads: Int, _ body: @Sendable (Range<Int>) -> [Double]
) -> [Double] {
  let size = max(1, (count + threads - 1) / threads + 7) / 8 * 8
  let ranges = stride(from: 0, to: count, by: max(1, size)).map { $0..<min($0 + size, count) }
  guard ranges.count > 1 else { return body(0..<count) }
  let results = Mutex([[Double]](repeating: [], count: ranges.count))
  DispatchQueue.concurrentPerform(iterations: ranges.count) { number in
    let result = body(ranges[number])
    results.withLock { $0[number] = result }
  }
  return results.withLock { $0.flatMap(\.self) }
}
