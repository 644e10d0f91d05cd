public import ChiasmResponses

/// An image of one number a voxel: a map, or an anatomical image to show it on.
public struct ScalarImage: Equatable, Sendable {
  /// The voxels in space.
  public let grid: Grid
  /// One value a voxel, i fastest; NaN where there is none.
  public let values: [Double]

  /// Takes one value a voxel; traps on any other count.
  public init(grid: Grid, values: [Double]) {
    precondition(values.count == grid.voxelCount, "One value a voxel.")
    self.grid = grid
    self.values = values
  }

  /// Labels as numbers; background (≤ 0) is NaN.
  public init(_ labels: LabelImage) {
    self.init(grid: labels.grid, values: labels.labels.map { $0 > 0 ? Double($0) : .nan })
  }
}

extension NIfTIReader {
  /// Reads one volume.
  ///
  /// - Parameter volume: as with `readOne`, but the first where the image has several and none is
  ///   named.
  /// - Throws: what `readOne` throws.
  public func readScalars(volume: Int = 0) throws(ImagingError) -> ScalarImage {
    ScalarImage(grid: grid, values: try readOne(volume: volume))
  }
}

extension ScalarImage {
  /// How a value between voxels is found.
  public enum Interpolation: Sendable {
    /// The value of the nearest voxel.
    case nearest
    /// Weighted by distance between the eight voxels around; NaN if one that has weight is NaN.
    case linear
  }

  /// The value at fractional voxel indices; NaN beyond half a voxel outside the grid.
  func value(at place: [Double], _ interpolation: Interpolation) -> Double {
    let isInside = (0..<3).allSatisfy {
      place[$0] >= -0.5 && place[$0] <= Double(grid.shape[$0]) - 0.5
    }
    guard isInside else { return .nan }
    let clamped = (0..<3).map { min(max(place[$0], 0), Double(grid.shape[$0] - 1)) }
    switch interpolation {
    case .nearest:
      let nearest = clamped.map { Int($0.rounded()) }
      return values[grid.offset(nearest[0], nearest[1], nearest[2])]
    case .linear: return linear(at: clamped)
    }
  }

  private func linear(at place: [Double]) -> Double {
    let lower = place.map { Int($0) }
    return (0..<8).reduce(0.0) { sum, corner in
      var (weight, indices) = (1.0, lower)
      for axis in 0..<3 {
        let part = place[axis] - Double(lower[axis])
        let isUpper = corner >> axis & 1 == 1
        weight *= isUpper ? part : 1 - part
        indices[axis] += isUpper ? 1 : 0
      }
      return weight > 0
        ? sum + weight * values[grid.offset(indices[0], indices[1], indices[2])] : sum
    }
  }

  /// This image under a slice of another grid, found by the affines: a background for it.
  ///
  /// The picture covers the same rectangle as `slice` of an image on `other`, with pixels of its own:
  /// as fine as this image's smallest voxel edge, but no more than `largestSide` along the longer
  /// side, and no fewer than one.
  /// - Returns: NaN outside this image; nil where an affine has no inverse.
  public func background(
    of other: Grid, _ plane: SlicePlane, at index: Int, within box: VoxelBox? = nil,
    by interpolation: Interpolation = .linear, largestSide: Int = 144
  ) -> PlaneImage? {
    let canonical = CanonicalGrid(of: other)
    guard let toVoxels = grid.affine.inverse, canonical.grid.affine.isFinite else { return nil }
    let box = box ?? VoxelBox(whole: canonical.grid)
    let ranges = [box.ranges[plane.rightwardAxis], box.ranges[plane.upwardAxis]]
    let sizes = [
      canonical.voxelSizes[plane.rightwardAxis], canonical.voxelSizes[plane.upwardAxis],
    ]
    let lengths = (0..<2).map { sizes[$0] * Double(ranges[$0].count) }
    let finest = grid.affine.voxelSizes.min() ?? 1
    let pixel = max(finest, max(lengths[0], lengths[1]) / Double(max(1, largestSide)))
    let counts = lengths.map { max(1, Int(($0 / pixel).rounded())) }
    /// The fractional index at the middle of a pixel.
    func place(_ pixel: Int, _ side: Int) -> Double {
      Double(ranges[side].lowerBound) - 0.5
        + (Double(pixel) + 0.5) * Double(ranges[side].count) / Double(counts[side])
    }
    var values: [Double] = []
    values.reserveCapacity(counts[0] * counts[1])
    for row in (0..<counts[1]).reversed() {
      for column in 0..<counts[0] {
        var indices = [Double](repeating: Double(index), count: 3)
        indices[plane.rightwardAxis] = place(column, 0)
        indices[plane.upwardAxis] = place(row, 1)
        let here = canonical.grid.affine.position(indices[0], indices[1], indices[2])
        values.append(value(at: toVoxels.position(here[0], here[1], here[2]), interpolation))
      }
    }
    return PlaneImage(
      plane: plane, rowCount: counts[1], columnCount: counts[0], values: values,
      pixelWidth: lengths[0] / Double(counts[0]), pixelHeight: lengths[1] / Double(counts[1]))
  }

  /// The mean of this image along the line of sight of a projection of another grid, as in an X-ray:
  /// a background for it.
  ///
  /// Of the slices of the other grid up to 24 are looked at, evenly spread; what lies outside this
  /// image counts as 0, NaN does too. The rest is as with `background`.
  public func shadow(
    of other: Grid, _ plane: SlicePlane, within box: VoxelBox? = nil, largestSide: Int = 144
  ) -> PlaneImage? {
    let whole = box ?? VoxelBox(whole: CanonicalGrid(of: other).grid)
    let range = whole.ranges[plane.normalAxis]
    let count = min(24, range.count)
    let slices = (0..<count).compactMap { step in
      background(
        of: other, plane, at: range.lowerBound + (2 * step + 1) * range.count / (2 * count),
        within: box, by: .nearest, largestSide: largestSide)
    }
    guard let first = slices.first else { return nil }
    let means = first.values.indices.map { pixel in
      slices.reduce(0) { $0 + ($1.values[pixel].isNaN ? 0 : $1.values[pixel]) } / Double(count)
    }
    return PlaneImage(
      plane: plane, rowCount: first.rowCount, columnCount: first.columnCount, values: means,
      pixelWidth: first.pixelWidth, pixelHeight: first.pixelHeight)
  }
}
