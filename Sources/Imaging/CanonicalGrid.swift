/// The voxels of a grid as they lie in the head: x to the right, y to the front, z to the top, as
/// closely as the stored axes allow without interpolation.
///
/// Nothing is moved: it tells where the image stores each voxel.
public struct CanonicalGrid: Equatable, Sendable {
  /// The same voxels with their axes in order and running forward (nibabel's `as_closest_canonical`).
  public let grid: Grid
  let reordering: GridReordering
  private let stored: Grid
  /// For each canonical axis the stored one, and whether it runs the other way.
  private let axes: [Int]
  private let flips: [Bool]

  /// Looks at a grid from the head's axes. Axes without a direction take what is left, forward.
  public init(of stored: Grid) {
    let directions = Self.completed(stored.affine.axisDirections)
    let order = (0..<3).map { axis in directions.firstIndex { $0.axis == axis } ?? axis }
    let turns = order.map { !directions[$0].isForward }
    reordering = GridReordering(of: stored, axes: order, flips: turns)
    let start = (0..<3).map { voxelAxis in
      directions[voxelAxis].isForward ? 0 : Double(stored.shape[voxelAxis] - 1)
    }
    let origin = stored.affine.position(start[0], start[1], start[2])
    let rows = (0..<3).map { row in
      (0..<3).map { axis in
        let step = stored.affine.rows[row][order[axis]]
        return turns[axis] ? -step : step
      } + [origin[row]]
    }
    grid = Grid(shape: order.map { stored.shape[$0] }, affine: Affine(rows: rows))
    (self.stored, axes, flips) = (stored, order, turns)
  }

  /// Where the image stores voxel (x, y, z) of `grid`.
  public func offset(_ x: Int, _ y: Int, _ z: Int) -> Int {
    reordering.offset(of: grid.offset(x, y, z))
  }

  /// The index along a canonical axis of the voxel that the image stores at an offset.
  func index(of offset: Int, along axis: Int) -> Int {
    let (i, j, k) = stored.indices(at: offset)
    let index = axes[axis] == 0 ? i : axes[axis] == 1 ? j : k
    return flips[axis] ? grid.shape[axis] - 1 - index : index
  }

  /// Millimetres between voxels along each axis; 1 where the affine gives an axis no length.
  public var voxelSizes: [Double] {
    grid.affine.voxelSizes.map { $0 > 0 && $0.isFinite ? $0 : 1 }
  }

  private static func completed(_ directions: [AxisDirection?]) -> [AxisDirection] {
    let taken = directions.compactMap { $0?.axis }
    var left = (0..<3).filter { !taken.contains($0) }
    return directions.map { $0 ?? AxisDirection(axis: left.removeFirst(), isForward: true) }
  }
}
