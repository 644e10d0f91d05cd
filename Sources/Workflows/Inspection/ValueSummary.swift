internal import ChiasmFiles
internal import ChiasmResults
internal import ChiasmReporting

/// What a stream of numbers comes to; NaN is counted and otherwise left out.
struct ValueSummary: Equatable {
  static let firstCount = 8

  private(set) var minimum = Double.nan
  private(set) var maximum = Double.nan
  private(set) var count = 0
  private(set) var nanCount = 0
  private(set) var firstValues: [Double] = []
  private var total = 0.0
  private var correction = 0.0

  /// With the rounding errors of the additions given back, so that the order of the values hardly
  /// matters; an infinity among them has no errors to give.
  var sum: Double { total.isFinite ? total + correction : total }
  var mean: Double { sum / Double(count) }

  init() {}

  /// Sums up what `read` gives, in its order.
  init(_ read: (_ add: ([Double]) -> Void) throws(ArrayFileError) -> Void) throws(ArrayFileError) {
    try read { add($0) }
  }

  /// Takes more values, in their order.
  mutating func add(_ values: [Double]) {
    if firstValues.count < Self.firstCount {
      firstValues += values.prefix(Self.firstCount - firstValues.count)
    }
    for value in values {
      if value.isNaN {
        nanCount += 1
      } else {
        add(value)
      }
    }
  }

  /// Neumaier's compensated sum.
  private mutating func add(_ value: Double) {
    let next = total + value
    correction += abs(total) >= abs(value) ? (total - next) + value : (value - next) + total
    total = next
    count += 1
    // Comparisons with the NaN of the start are false.
    if !(minimum <= value) { minimum = value }
    if !(maximum >= value) { maximum = value }
  }
}

extension ValueSummary: Encodable {
  enum Key: String, CodingKey {
    case minimum, maximum, mean, sum
    case nanCount = "nan_count"
    case firstValues = "first_values"
  }

  /// What is no number is null.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(minimum.finite, forKey: .minimum)
    try container.encode(maximum.finite, forKey: .maximum)
    try container.encode(mean.finite, forKey: .mean)
    try container.encode(sum.finite, forKey: .sum)
    try container.encode(nanCount, forKey: .nanCount)
    try container.encode(firstValues.map(\.finite), forKey: .firstValues)
  }
}

extension ValueSummary {
  /// The summary as fields of a report.
  var fields: [Report.Field] {
    let range = "\(NumberText.short(minimum)) to \(NumberText.short(maximum))"
    let sums = "mean \(NumberText.short(mean)), sum \(NumberText.short(sum, digits: 10))"
    return .fields([
      "values": count == 0 ? "none" : "\(range), \(sums)",
      "NaN": String(nanCount),
      "first values": firstValues.map { NumberText.short($0) }.joined(separator: ", "),
    ])
  }
}
