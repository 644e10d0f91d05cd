internal import ChiasmLinearAlgebra
internal import ChiasmStatistics

/// Sums of the odd halves of repeated stimuli, for some voxels.
///
/// With the sums of all showings they give both halves, so that memory grows by one number a repeated
/// stimulus and voxel, at most as much again as the sums of all showings.
struct OddShowings {
  let stimuli: RepeatedStimuli
  /// The voxels, as columns of the sums of all showings, ascending.
  let voxels: [Int]
  private var sums: Matrix<Double>

  init(_ stimuli: RepeatedStimuli, voxels: [Int]) {
    self.stimuli = stimuli
    self.voxels = voxels
    sums = Matrix(rowCount: stimuli.count, columnCount: voxels.count, repeating: 0)
  }

  /// Adds a volume to the odd half of the stimulus at `place`.
  mutating func add(_ values: [Double], place: Int) {
    let start = place * voxels.count
    for (column, voxel) in voxels.enumerated() { sums.elements[start + column] += values[voxel] }
  }

  /// Pearson's correlation, over the repeated stimuli, of the means of the two halves: for each shift
  /// one a voxel, NaN where a half does not vary.
  ///
  /// - Parameters:
  ///   - chosen: some of `voxels`, ascending.
  ///   - shifts: 0 pairs the halves of the same stimulus; s that of a stimulus with that of the
  ///     stimulus s places later, the last being followed by the first.
  ///   - total: the sums of all showings by row.
  func halfCorrelations(
    of chosen: [Int], shifts: [Int] = [0], total: Matrix<Double>
  ) -> [[Double]] {
    var correlations = [[Double]](repeating: [], count: shifts.count)
    let columns = Extraction.places(of: chosen, in: voxels)
    // Blocks of neighbouring voxels, because a voxel's values lie a whole row apart.
    for start in stride(from: 0, to: columns.count, by: 64) {
      let block = Array(columns[start..<min(start + 64, columns.count)])
      let (odd, even) = halves(of: block, total: total)
      for (left, right) in zip(odd.map(CentredValues.init), even.map(CentredValues.init)) {
        for (place, shift) in shifts.enumerated() {
          correlations[place].append(Self.correlation(left, right, shift: shift))
        }
      }
    }
    return correlations
  }

  private static func correlation(
    _ left: CentredValues, _ right: CentredValues, shift: Int
  ) -> Double {
    guard shift > 0, left.varies, right.varies else { return left.correlation(with: right) }
    let count = left.values.count
    var product = 0.0
    for place in 0..<count {
      let other = place + shift
      product += left.values[place] * right.values[other < count ? other : other - count]
    }
    return product / (left.norm * right.norm)
  }

  /// The means of the halves: for each column of the block, one a stimulus.
  private func halves(
    of block: [Int], total: Matrix<Double>
  ) -> (odd: [[Double]], even: [[Double]]) {
    let empty = [Double](repeating: 0, count: stimuli.count)
    var odd = [[Double]](repeating: empty, count: block.count)
    var even = odd
    for (place, rows) in stimuli.rows.enumerated() {
      let oddCount = Double(stimuli.oddCounts[place])
      let evenCount = Double(stimuli.evenCounts[place])
      for (unit, column) in block.enumerated() {
        let all = rows.reduce(0) { $0 + total[$1, voxels[column]] }
        odd[unit][place] = sums[place, column] / oddCount
        even[unit][place] = (all - sums[place, column]) / evenCount
      }
    }
    return (odd, even)
  }
}
