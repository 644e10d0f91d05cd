/// Pixels of one part that lie near each other.
struct PixelCluster: Equatable {
  /// The number of the part.
  let value: Double
  /// Rows and columns, those nearest to the middle first.
  let pixels: [(row: Int, column: Int)]

  static func == (one: PixelCluster, other: PixelCluster) -> Bool {
    one.value == other.value && one.pixels.elementsEqual(other.pixels, by: ==)
  }
}

extension PixelMatrix {
  /// For each number its largest cluster, in which every pixel is at most one pixel apart from another;
  /// the largest clusters first.
  var clusters: [PixelCluster] {
    let numbers = Set(values.filter { !$0.isNaN }).sorted()
    return numbers.map { PixelCluster(value: $0, pixels: largest(of: $0)) }
      .sorted { ($0.pixels.count, $1.value) > ($1.pixels.count, $0.value) }
  }

  private func largest(of number: Double) -> [(row: Int, column: Int)] {
    var isOpen = values.map { $0 == number }
    var largest: [Int] = []
    for start in values.indices where isOpen[start] {
      var cluster = [start]
      isOpen[start] = false
      var next = 0
      while next < cluster.count {
        let (row, column) = (cluster[next] / columnCount, cluster[next] % columnCount)
        next += 1
        for near in max(0, row - 2)...min(rowCount - 1, row + 2) {
          for beside in max(0, column - 2)...min(columnCount - 1, column + 2)
          where isOpen[near * columnCount + beside] {
            isOpen[near * columnCount + beside] = false
            cluster.append(near * columnCount + beside)
          }
        }
      }
      if cluster.count > largest.count { largest = cluster }
    }
    return sorted(largest.map { ($0 / columnCount, $0 % columnCount) })
  }

  /// By the distance from their mean, then row by row.
  private func sorted(_ pixels: [(row: Int, column: Int)]) -> [(row: Int, column: Int)] {
    let count = Double(max(pixels.count, 1))
    let row = pixels.reduce(0) { $0 + Double($1.row) } / count
    let column = pixels.reduce(0) { $0 + Double($1.column) } / count
    func distance(_ pixel: (row: Int, column: Int)) -> Double {
      let (down, across) = (Double(pixel.row) - row, Double(pixel.column) - column)
      return down * down + across * across
    }
    return pixels.sorted {
      (distance($0), $0.row, $0.column) < (distance($1), $1.row, $1.column)
    }
  }
}

extension Sheet {
  /// Writes the name of each part of a picture on its largest cluster, if that is larger than the
  /// name: as near to its middle as there is room beside the names of larger ones, and not at all where
  /// there is none.
  mutating func write(_ names: [SliceColoring.Name], of parts: PixelMatrix?, in image: Frame) {
    guard let parts, !names.isEmpty, !parts.values.isEmpty else { return }
    let size = style.smallLetters * 0.9
    let pixel = (
      width: image.width / Double(parts.columnCount), height: image.height / Double(parts.rowCount)
    )
    var taken: [Frame] = []
    for cluster in parts.clusters {
      guard let name = names.first(where: { $0.value == cluster.value })?.name.flattened else {
        continue
      }
      let width = TextMeasure.width(of: name, size: size, isBold: true)
      let area = Double(cluster.pixels.count) * pixel.width * pixel.height
      guard area >= 1.3 * width * size else { continue }
      let boxes = cluster.pixels.lazy.map { place in
        Frame(
          x: image.x + (Double(place.column) + 0.5) * pixel.width - width / 2,
          y: image.y + (Double(place.row) + 0.5) * pixel.height - size / 2, width: width,
          height: size)
      }
      guard
        let box = boxes.first(where: { box in
          box.x >= image.x && box.maxX <= image.maxX && box.y >= image.y && box.maxY <= image.maxY
            && !taken.contains { $0.overlaps(box) }
        })
      else { continue }
      taken.append(box)
      write(
        name, at: box.center,
        Lettering(size: size, anchor: .middle, isBold: true, halo: .paper))
    }
  }
}

extension Frame {
  fileprivate func overlaps(_ other: Frame) -> Bool {
    let gap = height * 0.25
    return x < other.maxX + gap && other.x < maxX + gap && y < other.maxY && other.y < maxY
  }
}
