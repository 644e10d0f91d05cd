extension NIfTIReader {
  /// Reads all volumes that are left, one after the other, i fastest. For small images.
  public func readAll() throws(ImagingError) -> [Double] {
    var all: [Double] = []
    var volume: [Double] = []
    while try readVolume(into: &volume) { all += volume }
    return all
  }

  /// Reads an image of one volume as labels; NaN becomes 0, which is background.
  ///
  /// - Throws: `notOneVolume`; `notALabel` for a value with a fraction or beyond Int32; and what
  ///   `readVolume` throws.
  public func readLabels() throws(ImagingError) -> LabelImage {
    guard volumeCount == 1 else { throw .notOneVolume(path: path, actual: volumeCount) }
    precondition(position == 0, "The volume has been read already.")
    var values: [Double] = []
    try readVolume(into: &values)
    var labels = [Int32](repeating: 0, count: values.count)
    for (offset, value) in values.enumerated() where !value.isNaN {
      guard let label = Int32(exactly: value) else {
        let (i, j, k) = grid.indices(at: offset)
        throw .notALabel(path: path, value: value, voxel: [i, j, k])
      }
      labels[offset] = label
    }
    return LabelImage(grid: grid, labels: labels)
  }
}
