internal import ChiasmResponses

/// Pictures of a map: slices through its voxels in the three planes, and what shines through the
/// whole ("glass").
public struct BrainViews: Equatable, Sendable {
  /// One picture.
  public struct View: Equatable, Sendable {
    /// The values of the map, NaN where nothing is to be drawn; it tells plane and sizes.
    public let values: PlaneImage
    /// Where the voxels of the map are, whether they have a value or not: 1, else NaN.
    public let region: PlaneImage
    /// Anatomy on the same rectangle, with pixels of its own: a slice of it, or for a projection the
    /// mean along the line of sight.
    public let background: PlaneImage?
    /// Millimetres of the slice along the normal of its plane; nil for a projection.
    public let position: Double?
  }

  /// By plane, axial first, then by position.
  public let slices: [View]
  /// One a plane, axial first.
  public let projections: [View]

  /// The slices of one plane.
  public func slices(_ plane: SlicePlane) -> [View] { slices.filter { $0.values.plane == plane } }
}

extension BrainViews {
  /// Draws a map on its own grid.
  ///
  /// - Parameters:
  ///   - map: a map; labels come as `ScalarImage(labels)`.
  ///   - voxels: the places that are shown (`RegionMask.voxels`); nil for all that
  ///     have a value. With none the middle slices are shown, without values.
  ///   - rule: what a projection shows of values behind each other; `.commonest` for labels.
  ///   - anatomy: what to show the slices on, on any grid of the same space.
  ///   - limit: the most slices a plane.
  ///   - margin: voxels around those shown; nil for the whole grid.
  public init(
    of map: ScalarImage, voxels: [Int]? = nil, rule: ProjectionRule = .greatest,
    anatomy: ScalarImage? = nil, limit: Int = 4, margin: Int? = nil
  ) {
    let voxels = voxels ?? map.values.indices.filter { !map.values[$0].isNaN }
    var isInside = [Bool](repeating: false, count: map.values.count)
    for voxel in voxels { isInside[voxel] = true }
    let canonical = CanonicalGrid(of: map.grid)
    let box = margin.map { canonical.box(around: voxels, margin: $0) }
    func shown(_ voxel: Int) -> Double { isInside[voxel] ? map.values[voxel] : .nan }
    func region(_ voxel: Int) -> Double { isInside[voxel] ? 1 : .nan }
    slices = SlicePlane.allCases.flatMap { plane in
      Self.indices(of: canonical.counts(of: voxels, along: plane.normalAxis), limit).map { index in
        View(
          values: canonical.slice(plane, at: index, within: box, value: shown),
          region: canonical.slice(plane, at: index, within: box, value: region),
          background: anatomy?.background(of: map.grid, plane, at: index, within: box),
          position: canonical.position(of: plane, at: index))
      }
    }
    projections = SlicePlane.allCases.map { plane in
      View(
        values: canonical.projection(
          plane, by: rule, within: box, voxels: voxels, value: shown),
        region: canonical.projection(
          plane, by: .greatest, within: box, voxels: voxels, value: region),
        background: anatomy?.shadow(of: map.grid, plane, within: box), position: nil)
    }
  }

  private static func indices(of counts: [Int], _ limit: Int) -> [Int] {
    let chosen = SliceChoice.indices(of: counts, limit: limit)
    return chosen.isEmpty ? [counts.count / 2] : chosen
  }
}

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
