/// How the values behind each other become one.
public enum ProjectionRule: Sendable {
  /// The greatest ("maximum intensity").
  case greatest
  /// The one that occurs most, the least of equals: for labels.
  case commonest

  /// The one value; NaN is ignored and stands only where there is nothing else.
  func value(of values: [Double]) -> Double {
    let present = values.filter { !$0.isNaN }
    switch self {
    case .greatest: return present.max() ?? .nan
    case .commonest:
      let counts = Dictionary(present.map { ($0, 1) }, uniquingKeysWith: +)
      return counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key ?? .nan
    }
  }
}
