/// How often whole numbers occur in an image, as long as they are few.
struct LabelCounts {
  /// An image with more different values is no label image.
  static let greatestCount = 500

  /// The voxels of every value; nil once there are too many values, or one that is not whole.
  private(set) var voxels: [Int: Int]? = [:]

  mutating func add(_ values: [Double]) {
    guard var counts = voxels else { return }
    // Labels come in runs; a run is looked up once.
    var start = 0
    while start < values.count {
      let value = values[start]
      let end = values[start...].firstIndex { $0 != value } ?? values.count
      guard let label = Int(exactly: value) else { return voxels = nil }
      counts[label, default: 0] += end - start
      guard counts.count <= Self.greatestCount else { return voxels = nil }
      start = end
    }
    voxels = counts
  }
}
