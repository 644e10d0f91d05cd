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
