public import ChiasmResponses

/// Regions of a space and the columns of their response matrices: from values of the space to columns,
/// and from a value a unit back to a map.
///
/// A unit may belong to several regions.
public struct Masker: Sendable {
  /// The image that defines the voxels, whose grid and codes maps take over.
  public let image: NIfTIHeader
  /// Where the units lie.
  public let space: UnitSpace
  /// For each region the place of every unit in the space, in the order of its columns.
  public let regions: [[Int]]

  /// Takes regions on the grid of an image; traps on a place outside it.
  public init(image: NIfTIHeader, regions: [[Int]]) {
    self.image = image
    self.regions = regions
    space = .volume(image.grid)
    precondition(regions.joined().allSatisfy((0..<space.placeCount).contains), "No such place.")
  }

  /// The same regions with some of their units, by their columns.
  public func choosing(_ columns: [[Int]]) -> Masker {
    Masker(
      image: image, regions: zip(regions, columns).map { region, own in own.map { region[$0] } })
  }
}

extension Masker {
  /// The places of all regions, ascending, each once: what has to be read of a volume.
  public var places: [Int] { Region(name: "", voxels: regions.joined()).voxels }

  /// For each region, where its units stand in `places`.
  public var columns: [[Int]] {
    let columnOfPlace = Dictionary(zip(places, 0...), uniquingKeysWith: { first, _ in first })
    return regions.map { region in region.compactMap { columnOfPlace[$0] } }
  }

  /// For each region the values of its units, of one value a place.
  public func values(of map: [Double]) -> [[Double]] {
    precondition(map.count == space.placeCount, "One value a place.")
    return regions.map { region in region.map { map[$0] } }
  }

  /// One value a place, from one a unit.
  ///
  /// - Parameter value: that of a region's unit; NaN if it has none.
  /// - Returns: where regions overlap, the mean of the values that are there; NaN outside.
  public func map(_ value: (_ region: Int, _ unit: Int) -> Double) -> [Double] {
    var sums = [Double](repeating: .nan, count: space.placeCount)
    var counts: [Int: Int] = [:]
    for (region, places) in regions.enumerated() {
      for (unit, place) in places.enumerated() {
        let number = value(region, unit)
        guard !number.isNaN else { continue }
        sums[place] = (sums[place].isNaN ? 0 : sums[place]) + number
        counts[place, default: 0] += 1
      }
    }
    for (place, count) in counts where count > 1 { sums[place] /= Double(count) }
    return sums
  }

  /// One label a place, from one a region.
  ///
  /// - Parameter label: that of a region; nil if it has none.
  /// - Returns: where regions overlap, the label of the first that has one; 0 outside.
  public func labels(_ label: (_ region: Int) -> Int32?) -> LabelImage {
    var labels = [Int32](repeating: 0, count: space.placeCount)
    for (region, places) in regions.enumerated().reversed() {
      guard let number = label(region) else { continue }
      for place in places { labels[place] = number }
    }
    return LabelImage(grid: image.grid, labels: labels)
  }
}
