/// Places along a line that must not be too close to each other.
enum Spacing {
  /// Ascending places moved as little as needed to lie a distance apart between two ends; closer
  /// together, and even, where there is no room for that.
  static func apart(
    _ places: [Double], by distance: Double, from low: Double, to high: Double
  ) -> [Double] {
    guard places.count > 1 else { return places }
    let distance = min(distance, (high - low) / Double(places.count - 1))
    // Groups of touching places, each at the mean of where its members want to be.
    var groups: [(wish: Double, count: Int)] = []
    func start(_ group: (wish: Double, count: Int)) -> Double {
      let length = distance * Double(group.count - 1)
      return min(max(group.wish - length / 2, low), high - length)
    }
    for place in places {
      groups.append((place, 1))
      while groups.count > 1 {
        let (above, below) = (groups[groups.count - 2], groups[groups.count - 1])
        guard start(above) + distance * Double(above.count) > start(below) else { break }
        let count = above.count + below.count
        groups.removeLast(2)
        let wish = above.wish * Double(above.count) + below.wish * Double(below.count)
        groups.append((wish / Double(count), count))
      }
    }
    return groups.flatMap { group in
      (0..<group.count).map { start(group) + distance * Double($0) }
    }
  }
}
