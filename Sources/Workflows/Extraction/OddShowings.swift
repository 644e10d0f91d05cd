internal import LinearAlgebra
internal import Statistics

/// Sums of the 1st, 3rd, 5th … showing of every repeated stimulus, voxel by voxel.
///
/// With the sums of all showings they give both halves, so that memory grows by one number a repeated
/// stimulus and voxel, at most as much again as the sums of all showings.
struct OddShowings {
  let stimuli: RepeatedStimuli
  private var shown: [Int]
  private var sums: Matrix<Double>

  init(_ stimuli: RepeatedStimuli, voxelCount: Int) {
    self.stimuli = stimuli
    shown = [Int](repeating: 0, count: stimuli.count)
    sums = Matrix(rowCount: stimuli.count, columnCount: voxelCount, repeating: 0)
  }

  /// Notes a volume that goes to `row`, in the order of the volumes.
  mutating func add(_ values: [Double], row: Int) {
    guard let place = stimuli.placeOfRow[row] else { return }
    shown[place] += 1
    guard shown[place] % 2 == 1 else { return }
    let start = place * sums.columnCount
    for voxel in values.indices { sums.elements[start + voxel] += values[voxel] }
  }

  /// Pearson's correlation, over the repeated stimuli, of the means of the two halves: one a voxel,
  /// NaN where a half does not vary. `total` holds the sums of all showings by row.
  func halfCorrelations(total: Matrix<Double>) -> [Double] {
    // Blocks of neighbouring voxels, because a voxel's values lie a whole row apart.
    stride(from: 0, to: sums.columnCount, by: 64).flatMap { start in
      let block = start..<min(start + 64, sums.columnCount)
      let (odd, even) = halves(of: block, total: total)
      return zip(odd, even).map { correlation($0, $1) }
    }
  }

  /// The means of the halves: for each voxel of the block, one a stimulus.
  private func halves(
    of block: Range<Int>, total: Matrix<Double>
  ) -> (odd: [[Double]], even: [[Double]]) {
    let empty = [Double](repeating: 0, count: stimuli.count)
    var odd = [[Double]](repeating: empty, count: block.count)
    var even = odd
    for (place, rows) in stimuli.rows.enumerated() {
      let oddCount = Double((shown[place] + 1) / 2)
      let evenCount = Double(shown[place] / 2)
      for (unit, voxel) in block.enumerated() {
        let all = rows.reduce(0) { $0 + total[$1, voxel] }
        odd[unit][place] = sums[place, voxel] / oddCount
        even[unit][place] = (all - sums[place, voxel]) / evenCount
      }
    }
    return (odd, even)
  }
}
