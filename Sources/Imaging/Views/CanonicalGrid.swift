public import ChiasmResponses

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

/// A box of voxels of a canonical grid: half-open ranges along x, y and z, none of them empty.
public struct VoxelBox: Equatable, Sendable {
  /// The indices along x, y and z.
  public let ranges: [Range<Int>]

  /// Takes three ranges; traps on an empty one.
  public init(_ ranges: [Range<Int>]) {
    precondition(ranges.count == 3 && ranges.allSatisfy { !$0.isEmpty }, "A box has voxels.")
    self.ranges = ranges
  }

  /// All voxels of a grid.
  public init(whole grid: Grid) { self.init(grid.shape.map { 0..<$0 }) }
}

extension CanonicalGrid {
  /// How many of the stored voxels each index along an axis has.
  func counts(of voxels: [Int], along axis: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: grid.shape[axis])
    for voxel in voxels { counts[index(of: voxel, along: axis)] += 1 }
    return counts
  }

  /// The smallest box around the stored voxels with a margin, inside the grid; all of the grid if
  /// there are none.
  func box(around voxels: [Int], margin: Int) -> VoxelBox {
    VoxelBox(
      (0..<3).map { axis in
        let counts = counts(of: voxels, along: axis)
        guard let first = counts.firstIndex(where: { $0 > 0 }),
          let last = counts.lastIndex(where: { $0 > 0 })
        else { return 0..<counts.count }
        return max(0, first - margin)..<min(counts.count, last + margin + 1)
      })
  }
}

extension CanonicalGrid {
  /// The slice of a plane at an index of the canonical axis that it stands on (0: leftmost, hindmost
  /// or lowest), laid out as `SlicePlane` says, of values by their place in the storage.
  ///
  /// The stored axes that lie closest to the head's are taken as they are: the voxels of an oblique
  /// image are drawn upright, not resampled.
  func slice(
    _ plane: SlicePlane, at index: Int, within box: VoxelBox?, value: (Int) -> Double
  ) -> PlaneImage {
    precondition((0..<grid.shape[plane.normalAxis]).contains(index), "The grid has the slice.")
    let start = reordering.steps[plane.normalAxis] * index
    return picture(plane, within: box) { value(start + $0) }
  }

  /// The values behind each other as one, of values by their place in the storage.
  ///
  /// - Parameter voxels: the places to look at; the others have no value.
  func projection(
    _ plane: SlicePlane, by rule: ProjectionRule, within box: VoxelBox?, voxels: [Int],
    value: (Int) -> Double
  ) -> PlaneImage {
    let box = box ?? VoxelBox(whole: grid)
    let (columns, rows) = (box.ranges[plane.rightwardAxis], box.ranges[plane.upwardAxis])
    var behind = [[Double]](repeating: [], count: rows.count * columns.count)
    for voxel in voxels where contains(voxel, box) {
      let right = index(of: voxel, along: plane.rightwardAxis) - columns.lowerBound
      let down = rows.upperBound - 1 - index(of: voxel, along: plane.upwardAxis)
      behind[down * columns.count + right].append(value(voxel))
    }
    return PlaneImage(
      plane: plane, rowCount: rows.count, columnCount: columns.count,
      values: behind.map(rule.value), pixelWidth: voxelSizes[plane.rightwardAxis],
      pixelHeight: voxelSizes[plane.upwardAxis])
  }

  private func contains(_ voxel: Int, _ box: VoxelBox) -> Bool {
    (0..<3).allSatisfy { box.ranges[$0].contains(index(of: voxel, along: $0)) }
  }

  /// A picture of a plane, a pixel a voxel, from places in the storage at index 0 of the normal.
  private func picture(
    _ plane: SlicePlane, within box: VoxelBox?, value: (Int) -> Double
  ) -> PlaneImage {
    let box = box ?? VoxelBox(whole: grid)
    let (right, up) = (plane.rightwardAxis, plane.upwardAxis)
    let (columns, rows) = (box.ranges[right], box.ranges[up])
    let values = rows.reversed().flatMap { row in
      let start = reordering.origin + row * reordering.steps[up]
      return columns.map { value(start + $0 * reordering.steps[right]) }
    }
    return PlaneImage(
      plane: plane, rowCount: rows.count, columnCount: columns.count, values: values,
      pixelWidth: voxelSizes[right], pixelHeight: voxelSizes[up])
  }

  /// Millimetres, along the plane's normal, of the middle of a slice.
  func position(of plane: SlicePlane, at index: Int) -> Double {
    var middle = grid.shape.map { Double($0 - 1) / 2 }
    middle[plane.normalAxis] = Double(index)
    return grid.affine.position(middle[0], middle[1], middle[2])[plane.normalAxis]
  }
}
