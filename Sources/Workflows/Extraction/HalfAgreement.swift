internal import ChiasmLinearAlgebra
internal import ChiasmStatistics

/// How well the halves of the repeats agree in a region, beside what they would if the table named
/// other stimuli.
///
/// The correlation is the mean over voxels of that of the two halves, over stimuli. Its null pairs the
/// halves of different stimuli, shifted against each other, with all voxels alike, so that what
/// neighbours share does not make it look more certain than it is. Where no voxel answers to the
/// stimuli, or the table names others than were shown, the correlation is above all N wrong pairings
/// with probability 1 / (N + 1).
struct HalfAgreement: Codable, Equatable, Sendable {
  /// The mean correlation of the halves.
  let correlation: Double
  /// The greatest mean correlation of a wrong pairing.
  let greatest_wrong: Double
  /// How many wrong pairings were tried.
  let wrong_pairings: Int
  /// How many voxels it was taken over, evenly through the region.
  let voxels: Int

  /// At most as many wrong pairings are tried.
  static let mostPairings = 99
  /// At most as many voxels of a region are looked at.
  static let mostVoxels = 200

  /// Whether it is no more than wrong stimuli give.
  var isByChance: Bool { !(correlation > greatest_wrong) }

  /// No shift, then as many as are tried with `count` stimuli, far apart.
  static func shifts(stimulusCount count: Int) -> [Int] {
    let tried = min(mostPairings, count - 1)
    return [0] + (0..<tried).map { 1 + $0 * (count - 1) / tried }
  }

  /// Takes the correlations of some voxels, for each shift; nil where none has any.
  init?(_ correlations: [[Double]]) {
    let means = correlations.map { Spread(ofDefined: $0).mean }
    guard let own = means.first, !own.isNaN, let greatest = means.dropFirst().max() else {
      return nil
    }
    correlation = own
    greatest_wrong = greatest
    wrong_pairings = means.count - 1
    voxels = correlations[0].count { !$0.isNaN }
  }

  /// At most `mostVoxels` of some voxels, evenly through them.
  static func sample(_ voxels: [Int]) -> [Int] {
    let count = min(voxels.count, mostVoxels)
    return (0..<count).map { voxels[$0 * voxels.count / count] }
  }
}

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
    var column = 0
    let columns = chosen.map { voxel in
      while voxels[column] < voxel { column += 1 }
      return column
    }
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
