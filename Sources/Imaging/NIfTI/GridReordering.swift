public import ChiasmResponses

/// How the voxels of one grid are stored in an image whose axes run in another order or direction.
///
/// Two images can have the same voxels in space and yet store them differently: one from right to
/// left, the other from left to right. Reordering moves each value to its place; nothing is
/// interpolated and nothing is lost.
public struct GridReordering: Equatable, Sendable {
  private let shape: [Int]
  /// For each axis of the grid, how far one step along it moves in the image's storage.
  let steps: [Int]
  /// Where voxel (0, 0, 0) of the grid is stored in the image.
  let origin: Int

  /// Whether the image stores the voxels exactly as the grid does.
  public let isIdentity: Bool
  /// How far apart the corners of image and grid lie: the largest difference of a coordinate, in mm.
  public private(set) var difference = 0.0

  /// Finds how `image` stores the voxels of `grid`; nil when it does not have the same voxels.
  ///
  /// All 48 orders and directions of the axes are tried, and the one taken whose corners lie closest;
  /// the centres of the eight corner voxels must lie within `tolerance` mm of each other, in every
  /// coordinate. Of equals the first is taken, the order of the image itself before any other.
  public init?(of image: Grid, onto grid: Grid, tolerance: Double = Grid.tolerance) {
    var best: GridReordering?
    // Any other way of storing moves a corner by a voxel or more.
    let close = (grid.affine.voxelSizes.min() ?? 0) / 2
    for axes in Self.axisOrders where grid.shape == axes.map({ image.shape[$0] }) {
      for flips in 0..<8 where !(best.map { $0.difference < close } ?? false) {
        var candidate = GridReordering(
          of: image, axes: axes, flips: (0..<3).map { flips >> $0 & 1 == 1 })
        candidate.difference = candidate.difference(of: image, from: grid)
        if candidate.difference < best?.difference ?? .infinity { best = candidate }
      }
    }
    guard let best, best.difference <= tolerance else { return nil }
    self = best
  }

  /// Where the image stores the voxel that the grid stores at `offset`.
  public func offset(of offset: Int) -> Int {
    let plane = shape[0] * shape[1]
    let (i, j, k) = (offset % shape[0], offset % plane / shape[0], offset / plane)
    return origin + i * steps[0] + j * steps[1] + k * steps[2]
  }

  /// The values of an image, one a voxel, in the order in which the grid stores them.
  public func ordered<Value>(_ values: [Value]) -> [Value] {
    isIdentity ? values : values.indices.map { values[offset(of: $0)] }
  }

  private static let axisOrders = [
    [0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0],
  ]

  /// Axis a of the grid is axis `axes[a]` of the image, reversed where `flips[a]`.
  init(of image: Grid, axes: [Int], flips: [Bool]) {
    let strides = [1, image.shape[0], image.shape[0] * image.shape[1]]
    shape = axes.map { image.shape[$0] }
    steps = (0..<3).map { flips[$0] ? -strides[axes[$0]] : strides[axes[$0]] }
    origin = (0..<3).reduce(0) {
      flips[$1] ? $0 + strides[axes[$1]] * (image.shape[axes[$1]] - 1) : $0
    }
    isIdentity = axes == [0, 1, 2] && !flips.contains(true)
  }

  private func difference(of image: Grid, from grid: Grid) -> Double {
    (0..<8).reduce(0) { greatest, corner in
      let ends = (0..<3).map { corner >> $0 & 1 == 0 ? 0 : grid.shape[$0] - 1 }
      let here = grid.affine.position(Double(ends[0]), Double(ends[1]), Double(ends[2]))
      let (i, j, k) = image.indices(at: offset(of: grid.offset(ends[0], ends[1], ends[2])))
      let there = image.affine.position(Double(i), Double(j), Double(k))
      return zip(here, there).reduce(greatest) {
        let difference = abs($1.0 - $1.1)
        return difference <= $0 || $0.isNaN ? $0 : difference
      }
    }
  }
}

extension Grid {
  /// How the image at `path` stores the voxels of this grid, which is that of the image at `own`.
  ///
  /// - Throws: `gridMismatch`, with both paths and grids, when it does not have the same voxels.
  public func reordering(
    of image: Grid, at path: String, ownPath own: String, tolerance: Double = Grid.tolerance
  ) throws(ImagingError) -> GridReordering {
    guard let reordering = GridReordering(of: image, onto: self, tolerance: tolerance) else {
      throw .gridMismatch(path: path, grid: image, otherPath: own, otherGrid: self)
    }
    return reordering
  }
}
