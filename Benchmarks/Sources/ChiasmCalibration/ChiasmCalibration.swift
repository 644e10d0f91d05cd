import Chiasm
import Foundation

/// Are p-values of unrelated data uniform, also where stimuli depend on each other, and do 95 % intervals hold
/// the known value 95 times in 100?
///
/// Prints a table for each; the last line says whether the bounds of README.md hold. The arguments are the
/// name of one of the tables, the number of data sets, and a seed.
@main
struct ChiasmCalibration {
  static func main() async throws {
    setProductThreadCount(1)
    let tables = ["nulls", "groups", "intervals"]
    let arguments = Array(CommandLine.arguments.dropFirst())
    let table = arguments.first.flatMap { tables.contains($0) ? $0 : nil }
    let words = arguments.dropFirst(table == nil ? 0 : 1).map { UInt64($0) }
    guard words.count <= 2, words.allSatisfy({ $0 != nil }) else {
      FileHandle.standardError.write(
        Data(
          "Usage: chiasm-calibration [\(tables.joined(separator: "|"))] [data sets, 200] [seed, 0]\n"
            .utf8))
      exit(64)
    }
    let count = Int(words.first.flatMap(\.self) ?? 200)
    let seed = (words.dropFirst().first.flatMap(\.self) ?? 0) * 1_000_000
    var isCalibrated = true
    for name in table.map({ [$0] }) ?? tables {
      let isKept =
        switch name {
        case "nulls": try await checkNulls(count, seed: seed)
        case "groups": try await checkGroups(count, seed: seed + 250_000)
        default: try await checkIntervals(count, seed: seed + 500_000)
        }
      isCalibrated = isCalibrated && isKept
    }
    print(isCalibrated ? "calibrated" : "not calibrated")
    exit(isCalibrated ? 0 : 1)
  }

  /// A row a kind of data whose stimuli depend on each other: how often p is at most .05 without any
  /// relation, with stimuli taken for independent and with groups respected.
  private static func checkGroups(_ count: Int, seed: UInt64) async throws -> Bool {
    print(
      "| data | stimuli | options | data sets | p ≤ .05 without them | p ≤ .05 | mean score "
        + "| interval holds 0 |")
    print("| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: |")
    var isCalibrated = true
    for (number, design) in GroupedDesign.all.enumerated() {
      func trials(isGrouped: Bool) async throws -> [(score: Double, p: Double, holdsZero: Bool)] {
        try await concurrently(count) { trial in
          try await design.trial(
            seed: seed + UInt64(number * 10_000 + trial), permutations: 99, isGrouped: isGrouped)
        }
      }
      let (free, grouped) = (
        try await trials(isGrouped: false), try await trials(isGrouped: true)
      )
      let found = grouped.count { $0.p <= 0.05 }
      isCalibrated = isCalibrated && (0.02...0.09).contains(Double(found) / Double(count))
      row([
        design.name, "\(design.stimulusCount)", "`\(design.options)`", "\(count)",
        percent(free.count { $0.p <= 0.05 }, count), percent(found, count),
        digits(Spread(grouped.map(\.score)).mean), percent(grouped.count(where: \.holdsZero), count),
      ])
    }
    print("")
    return isCalibrated
  }

  /// A row a statistic: its p-values over data sets without any relation.
  private static func checkNulls(_ count: Int, seed: UInt64) async throws -> Bool {
    let trials = try await concurrently(count) { number in
      let trial = try await Trial(
        stimulusCount: 40, division: .random(3), isRelated: false, seed: seed + UInt64(number))
      let tests = try await trial.evidence(permutations: 99).tests
      var generator = SeededGenerator(seed: trial.seed, stream: 0xCA12)
      return tests.map { test in
        let sign = test.statistic.isLowerBetter ? -1.0 : 1
        let null = NullDistribution(test.distribution.draws.map { sign * $0 })
        return (
          test.statistic, test.pValue,
          null.randomizedPValue(of: sign * test.observed, using: &generator)
        )
      }
    }
    print("| statistic | data sets | KS D | KS p | p ≤ .05 | p ≤ .05, ties not broken |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    var isUniform = true
    let wanted: [AlignmentStatistic] = [.score, .spearman, .kendall, .nearDiagonalMass, .cost]
    for statistic in wanted {
      let values = trials.compactMap { $0.first { $0.0 == statistic } }.filter { !$0.1.isNaN }
      let test = UniformityTest(values.map(\.2))
      isUniform = isUniform && test.pValue > 0.01
      row([
        statistic.name, "\(values.count)", digits(test.statistic), digits(test.pValue),
        percent(values.count { $0.2 <= 0.05 }, values.count),
        percent(values.count { $0.1 <= 0.05 }, values.count),
      ])
    }
    print("")
    return isUniform
  }

  /// A row a kind of interval: how often it holds the score of the fits on all stimuli there are.
  private static func checkIntervals(_ count: Int, seed: UInt64) async throws -> Bool {
    print(
      "| draws of | stimuli | splits | statistic | data sets | percentile | BCa "
        + "| estimate − truth | draws − truth |")
    print("| --- | ---: | --- | --- | ---: | ---: | ---: | ---: | ---: |")
    var isCovered = false
    for (number, design) in Design.all.enumerated() {
      // More of the first, so that chance moves its rate by less than a percent.
      let all = try await coverage(
        number == 0 ? 5 * count : design.isRefitted ? count / 4 : count, design,
        seed: seed + UInt64(number) * 100_000)
      for isWhole in [true, false] {
        let own = all.filter { ($0.statistic == .score) == isWhole }
        let held = own.count { $0.accelerated }
        if number == 0, isWhole {
          isCovered = (0.93...0.97).contains(Double(held) / Double(own.count))
        }
        row([
          design.isRefitted ? "refits" : "fixed-fits", "\(design.stimulusCount)", design.splits,
          isWhole ? "score" : "score of one stage", "\(own.count)",
          percent(own.count { $0.percentile }, own.count), percent(held, own.count),
          digits(Spread(own.map(\.error)).mean), digits(Spread(own.map(\.drawError)).mean),
        ])
      }
    }
    print("")
    return isCovered
  }

  /// What intervals are made from; the first must hold the truth as often as promised, the others show
  /// where that ends.
  private struct Design: Sendable {
    let stimulusCount: Int
    let division: Trial.Division
    let splits: String
    var isRefitted = false

    static let all = [
      Design(stimulusCount: 200, division: .random(5), splits: "5 random"),
      Design(stimulusCount: 200, division: .random(1), splits: "1 random"),
      Design(stimulusCount: 200, division: .fifths, splits: "5 folds"),
      Design(stimulusCount: 50, division: .random(5), splits: "5 random"),
      Design(stimulusCount: 800, division: .random(5), splits: "5 random"),
      Design(stimulusCount: 200, division: .random(5), splits: "5 random", isRefitted: true),
    ]
  }

  private struct Coverage: Sendable {
    let statistic: AlignmentStatistic
    let percentile: Bool
    let accelerated: Bool
    let error: Double
    let drawError: Double
  }

  private static func coverage(
    _ count: Int, _ design: Design, seed: UInt64
  ) async throws -> [Coverage] {
    let all = try await concurrently(count) { (number) -> [Coverage] in
      let trial = try await Trial(
        stimulusCount: design.stimulusCount, division: design.division, isRelated: true,
        seed: seed + UInt64(number))
      let truth = trial.truth
      let evidence = try await trial.evidence(bootstraps: design.isRefitted ? 100 : 0)
      let method = design.isRefitted ? IntervalEstimate.Method.refits : .fixedFits
      return evidence.intervals.filter { $0.method == method }.compactMap { interval in
        let place: Int
        switch interval.statistic {
        case .score: place = 0
        case .stageScore(let source): place = 1 + source
        default: return nil
        }
        return Coverage(
          statistic: interval.statistic,
          percentile: interval.interval.percentile.contains(truth[place]),
          accelerated: interval.interval.accelerated.contains(truth[place]),
          error: interval.estimate - truth[place],
          drawError: interval.distribution.spread.mean - truth[place])
      }
    }
    return all.flatMap(\.self)
  }

  private static func row(_ cells: [String]) { print("| " + cells.joined(separator: " | ") + " |") }
  private static func digits(_ value: Double) -> String { String(format: "%.4f", value) }
  private static func percent(_ part: Int, _ whole: Int) -> String {
    String(format: "%.1f %%", 100 * Double(part) / Double(max(whole, 1)))
  }
}

/// The results of `body` for 0 ..< `count` in order, as many at a time as there are processors.
private func concurrently<Result: Sendable>(
  _ count: Int, _ body: @escaping @Sendable (Int) async throws -> Result
) async throws -> [Result] {
  try await withThrowingTaskGroup(of: (Int, Result).self) { group in
    var (results, next) = ([Int: Result](), 0)
    func start() {
      guard next < count else { return }
      let number = next
      next += 1
      group.addTask { (number, try await body(number)) }
    }
    for _ in 0..<ProcessInfo.processInfo.activeProcessorCount { start() }
    while let (number, result) = try await group.next() {
      results[number] = result
      start()
    }
    return (0..<count).compactMap { results[$0] }
  }
}
