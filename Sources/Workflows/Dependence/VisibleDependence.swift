internal import ChiasmLinearAlgebra
internal import ChiasmResponses
internal import ChiasmStatistics

/// Whether responses of both sides show that stimuli depend on each other, where nothing was said of it:
/// along their order, or within classes that their names tell.
///
/// With z the z-scored responses of some units, two stimuli are alike by the mean of z_i z_j over units. The
/// mean likeness of neighbours (an autocorrelation), or of stimuli of one class, less its mean over random
/// orders, is an excess e. A line is due where it is more than five standard deviations of these orders on
/// both sides, and e_source · e_target ≥ 0.02: what one side alone shows breaks no permutation test, and a
/// little of it in both next to nothing.
struct VisibleDependence {
  private let sides: [ResponsePatterns]
  private let classes: Grouping?
  private let classNames: [String]

  private static let leastDeviations = 5.0
  private static let leastProduct = 0.02
  private static let leastStimulusCount = 12

  init(_ source: ResponseSet, _ target: ResponseSet) {
    sides = [source, target].map(ResponsePatterns.init)
    (classes, classNames) = Self.classes(of: source.stimulusIDs)
  }

  /// What the user is told; nil where stimuli seem to be independent.
  ///
  /// - Parameter canFold: whether folds and a gap can be asked for.
  func note(canFold: Bool) -> String? {
    guard (sides.first?.rows.count ?? 0) >= Self.leastStimulusCount else { return nil }
    let consequence =
      "permuted stimuli and intervals take them for independent, so that p is too small and intervals are "
      + "too narrow; "
    if let classes, let found = excess({ $0.likeness(within: classes, order: $1) }) {
      return "By their names the stimuli fall into \(classes.count) classes, such as "
        + "\(classNames.prefix(2).joined(separator: " and ")), and the responses of both sides are more alike "
        + "within them (by \(found)): \(consequence)--groups names a column that says so."
    }
    guard let found = excess({ $0.likenessOfNeighbours(order: $1) }) else { return nil }
    return
      "The responses of both sides change slowly along the order of the stimuli (autocorrelation \(found)): "
      + consequence
      + (canFold ? "--folds contiguous, --gap and --exchange shift" : "--exchange shift")
      + " are for such series, --groups for stretches of them."
  }

  /// `0.41 in the source and 0.55 in the target`, where it is visible in both.
  private func excess(_ statistic: (ResponsePatterns, [Int]) -> Double) -> String? {
    let found = sides.map { side in
      let count = side.rows.count
      var generator = SeededGenerator(seed: 0, stream: 0xDE9E_0000)
      let draws = Spread((0..<40).map { _ in statistic(side, generator.permutation(of: count)) })
      let excess = statistic(side, Array(0..<count)) - draws.mean
      return excess > Self.leastDeviations * draws.deviation ? excess : 0
    }
    guard found[0] * found[1] >= Self.leastProduct else { return nil }
    return "\(ReportText.number(found[0], decimals: 2)) in the source and "
      + "\(ReportText.number(found[1], decimals: 2)) in the target"
  }

  /// The classes that names tell: the folder of a file, else what stands before the number at its end; nil
  /// unless there are few, from two to a third of the stimuli.
  static func classes(of names: [String]) -> (Grouping?, names: [String]) {
    let labels = names.map { name -> String in
      if let slash = name.lastIndex(of: "/") { return String(name[..<slash]) }
      let stem = name.lastIndex(of: ".").map { name[..<$0] } ?? name[...]
      let ending = stem.reversed().prefix { $0.isNumber || "_- .".contains($0) }.count
      return String(stem.dropLast(ending))
    }
    let classes = Grouping(labels)
    guard (2...max(2, names.count / 3)).contains(classes.count) else { return (nil, []) }
    return (classes, classes.members.map { "'\(labels[$0[0]])'" })
  }
}

/// The z-scored responses of some units of all stages, a row a stimulus.
private struct ResponsePatterns {
  let rows: [[Double]]

  private static let mostUnits = 256

  /// Takes units at equal distances from all that vary.
  init(_ set: ResponseSet) {
    let all = Array(set.stimulusIDs.indices)
    let fits = set.stages.map { Standardization(fitting: $0, rows: all) }
    let units = zip(set.stages.indices, fits).flatMap { stage, fit in
      fit.varyingColumns.map { (stage, $0) }
    }
    let taken = stride(from: 0, to: units.count, by: max(1, units.count / Self.mostUnits)).map {
      units[$0]
    }
    rows = all.map { row in
      taken.map { stage, column in
        (Double(set.stages[stage].responses[row, column]) - fits[stage].means[column])
          / fits[stage].deviations[column]
      }
    }
  }

  private static func product(_ one: [Double], _ other: [Double]) -> Double {
    var sum = 0.0
    for unit in one.indices { sum += one[unit] * other[unit] }
    return sum / Double(max(one.count, 1))
  }

  /// The mean likeness of stimuli that follow one another when they stand in an order.
  func likenessOfNeighbours(order: [Int]) -> Double {
    zip(order, order.dropFirst()).reduce(0) { $0 + Self.product(rows[$1.0], rows[$1.1]) }
      / Double(max(order.count - 1, 1))
  }

  /// The mean likeness of two stimuli of one class, when the stimuli in an order have the classes.
  func likeness(within classes: Grouping, order: [Int]) -> Double {
    var (sum, pairCount) = (0.0, 0)
    for members in classes.members {
      var total = [Double](repeating: 0, count: rows[0].count)
      for place in members {
        let row = rows[order[place]]
        for unit in total.indices { total[unit] += row[unit] }
        sum -= Self.product(row, row)
      }
      sum += Self.product(total, total)
      pairCount += members.count * (members.count - 1)
    }
    return sum / Double(max(pairCount, 1))
  }
}
