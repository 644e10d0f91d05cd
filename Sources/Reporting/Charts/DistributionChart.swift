internal import Foundation
internal import ChiasmStatistics

/// How many values are distributed in each of several categories: their density to both sides of a
/// line, with the quartiles and the median; or each value as a point where there are few.
public struct DistributionChart: Chart {
  /// The values of a category.
  public struct Sample: Equatable, Sendable {
    /// What stands below.
    public let name: String
    /// What is not finite is left out and counted in the title.
    public let values: [Double]

    /// Takes values.
    public init(_ name: String, values: [Double]) {
      self.name = name
      self.values = values
    }
  }

  /// What the chart is called.
  public let heading: ChartHeading
  /// The samples, from the left.
  public let samples: [Sample]
  /// What the categories are, below the axis.
  public let categoryName: String
  /// What the values are, beside the axis.
  public let valueName: String
  /// Up to so many values are drawn as points.
  private static let fewValues = 24

  /// Takes the data.
  public init(
    _ heading: ChartHeading, samples: [Sample], categoryName: String, valueName: String
  ) {
    self.heading = heading
    self.samples = samples
    self.categoryName = categoryName
    self.valueName = valueName
  }

  /// The drawing of the values in a style.
  public func figure(_ style: ChartStyle) -> Figure {
    let letters = style.letters
    let parts = samples.map { Part($0) }
    let axis = ValueAxis(
      parts.flatMap { [$0.values.first, $0.values.last].compactMap(\.self) }, ticks: 6)
    let left = style.width(axis.ticks.map(\.text), isSmall: true) + letters * 2.2
    let count = Double(max(samples.count, 1))
    let step = min((style.canvasWidth - left - letters) / count, letters * 8)
    let names = CategoryAxis(samples.map(\.name), step: step, room: letters * 9, style: style)
    let width = style.chosenWidth ?? max(left + letters + step * count, letters * 26)
    let below = names.height + style.line * 1.4 + letters * 0.3
    var sheet = Sheet(
      style.canvas(width: width, height: letters * 17 + below + letters), style: style)
    let area = sheet.frame.inset(left: left, top: letters * 0.5, bottom: below)
    sheet.rows(of: axis, in: area)
    let places = samples.indices.map { area.x + (Double($0) + 0.5) * area.width / count }
    for (part, x) in zip(parts, places) {
      sheet.group(part.title) {
        draw(part, axis, area, at: x, half: area.width / count * 0.4, on: &$0)
      }
    }
    sheet.categories(names, at: places, below: area.maxY)
    sheet.write(
      values: valueName, categories: categoryName, below: names, around: area, above: style.line)
    return sheet.figure(heading, saying: words(parts))
  }

  private func draw(
    _ part: Part, _ axis: ValueAxis, _ area: Frame, at x: Double, half: Double,
    on sheet: inout Sheet
  ) {
    let style = sheet.style
    func y(_ value: Double) -> Double { axis.place(value, from: area.maxY, to: area.y) }
    let accent = Paint.color(style.accent)
    guard let quartiles = part.quartiles else {
      sheet.write(
        "n/a", at: Point(x, area.center.y), room: half * 2, .note(style, .middle))
      return
    }
    if part.values.count <= Self.fewValues {
      let radius = min(style.letters * 0.24, half)
      for value in part.values {
        sheet.add(
          .circle(
            Point(x, y(value)), radius: radius, fill: .color(style.accent, opacity: 0.55)))
      }
    } else if let density = Density(sorted: part.values) {
      let edges = zip(density.places, density.heights).map { (y($0), $1 * half) }
      let outline =
        edges.map { Point(x + $1, $0) } + edges.reversed().map { Point(x - $1, $0) }
      sheet.add(.area(outline, fill: .color(style.accent, opacity: 0.35)))
      sheet.add(
        .line(
          [Point(x, y(quartiles.low)), Point(x, y(quartiles.high))],
          Stroke(accent, width: style.letters / 4)))
    }
    let median = y(quartiles.median)
    let reach = min(half, style.letters * 0.7)
    sheet.add(
      .line([Point(x - reach, median), Point(x + reach, median)], Stroke(.ink, width: 1.25)))
  }

  private func words(_ parts: [Part]) -> String {
    let start =
      "\(valueName.flattened, or: "Values") in "
      + "\(String.count(samples.count, "category", plural: "categories"))."
    return parts.isEmpty
      ? start : start + " " + parts.prefix(24).map(\.title).joined(separator: "; ") + "."
  }
}

/// A sample in order, with what is said of it.
private struct Part {
  let values: [Double]
  let quartiles: (low: Double, median: Double, high: Double)?
  let title: String

  init(_ sample: DistributionChart.Sample) {
    values = sample.values.compactMap(\.drawable).sorted()
    let missing = sample.values.count - values.count
    var words = ["\(sample.name.isolated): \(String.count(values.count, "value"))"]
    if values.isEmpty {
      quartiles = nil
    } else {
      let quantiles = Quantiles(sorted: values)
      let found = (low: quantiles(0.25), median: quantiles(0.5), high: quantiles(0.75))
      quartiles = found
      let range = ChartInterval(low: found.low, high: found.high)
      words.append("median \(NumberText.short(found.median, digits: 3))")
      words.append("quartiles \(range.words)")
    }
    if missing > 0 { words.append("\(missing) left out that are no numbers") }
    title = words.joined(separator: ", ")
  }
}

/// How dense a sample lies along a line, by a Gaussian kernel.
///
/// The bandwidth is Silverman's, 0.9 · min(SD, interquartile range / 1.34) · n^(−1/5). Values are counted
/// in 256 steps first, so that the time does not grow with the sample.
///
/// Reference: Silverman, 1986, "Density Estimation for Statistics and Data Analysis".
struct Density {
  /// Places along the line, evenly spaced from the least to the greatest value.
  let places: [Double]
  /// The density at each place, 1 where it is highest.
  let heights: [Double]

  /// Nil for a sample in which all values, or nearly all, are equal.
  init?(sorted values: [Double]) {
    guard let low = values.first, let high = values.last,
      high - low > max(1e-9 * max(-low, high), 1e-290)
    else { return nil }
    let bins = 256
    let step = (high - low) / Double(bins)
    var counts = Array(repeating: 0.0, count: bins)
    for value in values { counts[min(Int((value - low) / step), bins - 1)] += 1 }
    let bandwidth = max(Self.bandwidth(values), step)
    let places = (0...64).map { low + (high - low) * Double($0) / 64 }
    let heights = places.map { place in
      var sum = 0.0
      for (bin, count) in counts.enumerated() where count > 0 {
        let distance = (low + (Double(bin) + 0.5) * step - place) / bandwidth
        sum += count * exp(-0.5 * distance * distance)
      }
      return sum
    }
    guard let most = heights.max(), most > 0 else { return nil }
    self.places = places
    self.heights = heights.map { $0 / most }
  }

  private static func bandwidth(_ values: [Double]) -> Double {
    let number = Double(values.count)
    let mean = values.reduce(0) { $0 + $1 / number }
    // In parts of the range, whose squares cannot overflow.
    let range = values[values.count - 1] - values[0]
    let variance = values.reduce(0) { $0 + pow(($1 - mean) / range, 2) / number }
    let quartiles = Quantiles(sorted: values)
    let wide = (quartiles(0.75) - quartiles(0.25)) / 1.34
    let deviation = variance.squareRoot() * range
    return 0.9 * (wide > 0 ? min(deviation, wide) : deviation) * pow(number, -0.2)
  }
}
