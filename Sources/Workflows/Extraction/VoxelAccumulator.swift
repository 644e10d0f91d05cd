internal import ChiasmLinearAlgebra

/// Gathers volumes into stimulus rows, voxel by voxel, and notes which voxels have no data.
///
/// Sums are in double precision. A voxel that is constant over a session, or not finite anywhere in
/// one, has no data there. Volumes without stimulus have no influence, unless sessions are standardised
/// over all their volumes.
struct VoxelAccumulator {
  private let voxelCount: Int
  private let rows: [StimulusRows.Row]
  private let standardization: ExtractionSettings.Standardization
  private let scale: Double
  private var sums: Matrix<Double>
  private var oddShowings: OddShowings?
  private var sessionVolumeCount = 0
  /// The volumes of the session, one after the other; empty unless they are standardised at its end.
  private var pending: [(row: Int?, oddPlace: Int?, values: [Double])] = []
  private var least: [Double] = []
  private var greatest: [Double] = []
  private var sawNotFinite: [Bool]

  /// Per voxel, the number of sessions in which it does not vary although it is finite.
  private(set) var constantSessions: [Int]
  /// Per voxel, the number of sessions in which it is not finite somewhere.
  private(set) var notFiniteSessions: [Int]

  /// Every value is multiplied by `scale`. Halves are summed of the stimuli in `repeated`, for the
  /// ascending voxels in `halved`.
  init(
    voxelCount: Int, rows: [StimulusRows.Row], standardization: ExtractionSettings.Standardization,
    scale: Double = 1, halving repeated: RepeatedStimuli? = nil, of halved: [Int] = []
  ) {
    self.voxelCount = voxelCount
    self.rows = rows
    self.standardization = standardization
    self.scale = scale
    sums = Matrix(rowCount: rows.count, columnCount: voxelCount, repeating: 0)
    oddShowings = repeated.map { OddShowings($0, voxels: halved) }
    sawNotFinite = [Bool](repeating: false, count: voxelCount)
    constantSessions = [Int](repeating: 0, count: voxelCount)
    notFiniteSessions = constantSessions
    beginSession()
  }

  /// Adds a volume of the current session; `row` is nil for one without stimulus, and `oddPlace` for
  /// one that is in no odd half.
  mutating func add(_ values: [Double], row: Int?, oddPlace: Int? = nil) {
    precondition(values.count == voxelCount, "One value a voxel.")
    guard row != nil || standardization == .sessionAll else { return }
    sessionVolumeCount += 1
    for (voxel, value) in values.enumerated() {
      least[voxel] = Swift.min(least[voxel], value)
      greatest[voxel] = Swift.max(greatest[voxel], value)
      if !value.isFinite { sawNotFinite[voxel] = true }
    }
    switch standardization {
    case .session, .sessionAll: pending.append((row, oddPlace, values))
    case .none: if let row { addToSums(values, row: row, oddPlace: oddPlace) }
    }
  }

  /// Ends a session: judges its voxels and, where asked, standardises its responses. A session
  /// without volumes that count says nothing of its voxels.
  mutating func endSession() {
    guard sessionVolumeCount > 0 else { return }
    for voxel in 0..<voxelCount {
      if sawNotFinite[voxel] {
        notFiniteSessions[voxel] += 1
      } else if canJudgeConstancy && !(least[voxel] < greatest[voxel]) {
        constantSessions[voxel] += 1
      }
    }
    standardizePending()
    beginSession()
  }

  /// The correlations of the halves for some of the halved voxels, ascending: for each shift one a
  /// voxel, see `OddShowings`; nil if no halves were asked for. They are those of the means as they
  /// are written: standardised if they are.
  func halfCorrelations(of voxels: [Int], shifts: [Int] = [0]) -> [[Double]]? {
    oddShowings?.halfCorrelations(of: voxels, shifts: shifts, total: sums)
  }

  /// Lets the sums of the halves go.
  mutating func forgetHalves() { oddShowings = nil }

  /// The means of the rows for some voxels: rows × voxels, rounded to float32.
  func means(of voxels: [Int]) -> Matrix<Float> {
    var elements: [Float] = []
    elements.reserveCapacity(rows.count * voxels.count)
    for (index, row) in rows.enumerated() {
      let factor = standardization == .none ? scale : scale < 0 ? -1 : 1
      let count = Double(row.volumeCount)
      for voxel in voxels { elements.append(Float(factor * sums[index, voxel] / count)) }
    }
    return Matrix(rowCount: rows.count, columnCount: voxels.count, elements: elements)
  }
}

extension VoxelAccumulator {
  private mutating func beginSession() {
    pending.removeAll(keepingCapacity: true)
    sessionVolumeCount = 0
    least = [Double](repeating: .infinity, count: voxelCount)
    greatest = [Double](repeating: -.infinity, count: voxelCount)
    sawNotFinite = [Bool](repeating: false, count: voxelCount)
  }

  /// One volume does not tell whether a voxel varies; but it cannot be standardised.
  private var canJudgeConstancy: Bool { sessionVolumeCount > 1 || standardization != .none }

  private mutating func addToSums(_ values: [Double], row: Int, oddPlace: Int?) {
    let start = row * voxelCount
    for voxel in 0..<voxelCount { sums.elements[start + voxel] += values[voxel] }
    if let oddPlace { oddShowings?.add(values, place: oddPlace) }
  }

  /// Adds (x − mean) / SD of every pending volume, the mean and the population SD being the voxel's
  /// over the volumes of the session that count.
  private mutating func standardizePending() {
    guard !pending.isEmpty else { return }
    let count = Double(pending.count)
    var means = [Double](repeating: 0, count: voxelCount)
    for volume in pending {
      for voxel in 0..<voxelCount { means[voxel] += volume.values[voxel] / count }
    }
    var variances = [Double](repeating: 0, count: voxelCount)
    for volume in pending {
      for voxel in 0..<voxelCount {
        let centred = volume.values[voxel] - means[voxel]
        variances[voxel] += centred * centred / count
      }
    }
    let deviations = variances.map { $0.squareRoot() }
    for volume in pending {
      guard let row = volume.row else { continue }
      let scores = (0..<voxelCount).map { (volume.values[$0] - means[$0]) / deviations[$0] }
      addToSums(scores, row: row, oddPlace: volume.oddPlace)
    }
  }
}
