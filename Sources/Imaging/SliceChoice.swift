/// Which slices to show.
public enum SliceChoice {
  /// The indices, ascending, that hold the most voxels together while they stay apart: no two are
  /// closer than 1 / (`limit` + 1) of the extent of the voxels.
  ///
  /// - Parameters:
  ///   - counts: voxels of each slice.
  ///   - limit: the most slices; fewer come back when fewer have voxels or have room.
  /// - Returns: empty if no slice has voxels. Of equal choices the one with the lower slices.
  public static func indices(of counts: [Int], limit: Int) -> [Int] {
    guard limit > 0, let first = counts.firstIndex(where: { $0 > 0 }),
      let last = counts.lastIndex(where: { $0 > 0 })
    else { return [] }
    let gap = max(1, (last - first + 1) / (limit + 1))
    // best[n][index]: the best choice of up to n slices from `first` to `index`.
    typealias Choice = (sum: Int, indices: [Int])
    var best = [Choice](repeating: (0, []), count: last - first + 1)
    for _ in 0..<limit {
      let fewer = best
      best = []
      for index in first...last {
        let before = index - gap - first
        let base: Choice = before >= 0 ? fewer[before] : (0, [])
        let with: Choice = (base.sum + counts[index], base.indices + [index])
        let without: Choice = best.last ?? (0, [])
        best.append(counts[index] > 0 && with.sum > without.sum ? with : without)
      }
    }
    return best.last?.indices ?? []
  }
}
