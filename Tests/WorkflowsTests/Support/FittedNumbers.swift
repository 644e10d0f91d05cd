import ChiasmAlignment
import ChiasmLinearAlgebra
import ChiasmStatistics
import ChiasmTransport
import TestSupport

@testable import ChiasmResults
@testable import ChiasmWorkflows

/// Compares `alignment.json` with the fits that it is about, field by field.
struct FittedNumbers {
  let json: JSON
  let finished: FinishedAlignment
  private(set) var faults: [String] = []

  init(_ json: JSON, _ finished: FinishedAlignment) {
    (self.json, self.finished) = (json, finished)
  }

  mutating func check() {
    checkCoupling()
    checkMethods()
    for split in finished.splits { check(split) }
    checkEvidence()
    checkComparisons()
    checkPlaces()
    checkCeilings()
    check("proof", json["certificate"], finished.splits.flatMap(Self.certificates))
  }

  private mutating func same(_ place: String, _ value: JSON?, _ number: Double?) {
    let own = number.flatMap { $0.isFinite ? JSON.number($0) : nil } ?? .null
    if value != own { faults.append("\(place): \(value.map { "\($0)" } ?? "none"), not \(own)") }
  }

  private mutating func same(_ place: String, _ value: JSON?, _ numbers: [Double]) {
    if value?.list.count != numbers.count { faults.append("\(place): \(numbers.count) numbers") }
    for (column, number) in numbers.enumerated() {
      same("\(place)[\(column)]", value?[column], number)
    }
  }

  private mutating func same(_ place: String, _ value: JSON?, _ numbers: Matrix<Double>) {
    for row in 0..<numbers.rowCount {
      same("\(place)[\(row)]", value?[row], Array(numbers.row(row)))
    }
  }

  private mutating func same(_ place: String, _ value: JSON?, text: String?) {
    let own = text.map(JSON.text) ?? .null
    if value != own { faults.append("\(place): \(value.map { "\($0)" } ?? "none"), not \(own)") }
  }

  private mutating func check(_ place: String, _ value: JSON?, _ proofs: [TransportCertificate]) {
    same(place, value?["solves"], Double(proofs.count))
    same(place, value?["worst_primal_violation"], proofs.map(\.primalViolation).max())
    same(place, value?["worst_dual_violation"], proofs.map(\.dualViolation).max())
    same(place, value?["worst_gap"], proofs.map { abs($0.gap) }.max())
  }

  private static func certificates(_ split: SplitAlignment) -> [TransportCertificate] {
    split.fit.matches.map(\.certificate) + [split.fit.outerCertificate]
      + split.scores.compactMap(\.coupling?.certificate)
  }
}

// MARK: Over splits

extension FittedNumbers {
  private mutating func checkCoupling() {
    let (own, value) = (finished.fitted, json["coupling"])
    same("mass", value?["mass"], own.coupling)
    same("share", value?["share"], own.shares.numbers(\.mean))
    same("share_sd", value?["share_sd"], own.shares.numbers(\.deviation))
    same("cost", value?["cost"], own.costs.numbers(\.mean))
    same("cost_sd", value?["cost_sd"], own.costs.numbers(\.deviation))
    let scores = own.costs.elements.indices.map { pair in
      Spread(finished.splits.map { $0.stageScores.elements[pair] })
    }
    let table = Matrix(
      rowCount: own.costs.rowCount, columnCount: own.costs.columnCount, elements: scores)
    same("score", value?["score"], table.numbers(\.mean))
    same("score_sd", value?["score_sd"], table.numbers(\.deviation))
    same("expected_depth", value?["expected_depth"], own.expectedDepths)
    same("tied_layers", value?["tied_layers"], own.tiedTargetCounts.map(Double.init))
    for (row, best) in own.bestTargets.enumerated() {
      same("best", value?["best_layer"]?[row], text: best.map { finished.targetNames[$0] })
    }
    same("cost", json["cost"]?["mean"], own.cost.mean)
    same("cost", json["cost"]?["sd"], own.cost.deviation)
    let order = HierarchyStatistics(coupling: own.coupling)
    same("spearman", json["hierarchy"]?["spearman"], order.spearman)
    same("kendall", json["hierarchy"]?["kendall"], order.kendall)
    same("near", json["hierarchy"]?["near_diagonal_mass"], order.nearDiagonalMass)
  }

  private mutating func checkMethods() {
    let hot = MethodScore(meanOver: finished.scores(of: "hot"))
    for name in finished.splits[0].scores.map(\.method) {
      let (own, value) = (finished.scores(of: name), json["scores"]?[name])
      same(name, value?["mean"], Spread(own.map(\.score)).mean)
      same(name, value?["sd"], Spread(own.map(\.score)).deviation)
      let mean = MethodScore(meanOver: own)
      same(name, value?["stages"], mean.stageScores)
      checkDraws(name, value?["draws"], mean, hot)
      let normalized = zip(own, finished.splits).compactMap { score, split in
        finished.ceilings?.normalized(score, fit: split.fit)
      }
      let (all, stages) = (normalized.map { $0[3] }, normalized.map { $0.prefix(3) })
      same(name, value?["normalized"]?["mean"], Spread(all).mean)
      same(name, value?["normalized"]?["sd"], Spread(all).deviation)
      same(
        name, value?["normalized"]?["stages"],
        (0..<3).map { stage in Spread(stages.map { $0[stage] }).mean })
    }
  }

  private mutating func checkDraws(
    _ place: String, _ value: JSON?, _ own: MethodScore, _ hot: MethodScore
  ) {
    guard own.draws.count > 1 else {
      if value != nil { faults.append("\(place): draws") }
      return
    }
    func rank(_ score: Double, _ draws: [Double]) -> Double {
      Double(1 + draws.count { $0 >= score - 1e-12 }) / Double(1 + draws.count)
    }
    same(place, value?["count"], Double(own.draws.count))
    same(place, value?["mean"], NullDistribution(own.drawScores).spread.mean)
    same(place, value?["sd"], NullDistribution(own.drawScores).spread.deviation)
    same(place, value?["rank_of_hot"], rank(hot.score, own.drawScores))
    for (stage, score) in hot.stageScores.enumerated() {
      let draws = own.draws.map { $0[stage] }
      same(place, value?["stage_sd"]?[stage], NullDistribution(draws).spread.deviation)
      same(place, value?["stage_rank_of_hot"]?[stage], rank(score, draws))
    }
  }

  private mutating func checkEvidence() {
    let (tests, intervals) = (finished.evidence.tests, finished.evidence.intervals)
    func name(_ stage: Int?, _ names: [String]) -> String? { stage.map { names[$0] } }
    for (place, own) in tests.enumerated() {
      let (value, at) = (json["evidence"]?["nulls"]?[place], "null \(place)")
      same(at, value?["null"], text: own.null.rawValue)
      same(at, value?["statistic"], text: own.statistic.name)
      same(at, value?["source_stage"], text: name(own.statistic.source, finished.sourceNames))
      same(at, value?["target_stage"], text: name(own.statistic.target, finished.targetNames))
      same(at, value?["tail"], text: own.statistic.name == "cost" ? "lower" : "upper")
      same(at, value?["observed"], own.observed)
      same(at, value?["null_mean"], own.distribution.spread.mean)
      same(at, value?["null_sd"], own.distribution.spread.deviation)
      same(at, value?["effect"], own.effect)
      same(at, value?["p_value"], own.pValue)
      same(at, value?["p_corrected"], own.correctedPValue)
      same(at, value?["draws"], Double(own.distribution.draws.count))
      same(at, value?["undefined"], Double(own.distribution.undefinedCount))
    }
    for (place, own) in intervals.enumerated() {
      let (value, at) = (json["evidence"]?["intervals"]?[place], "interval \(place)")
      same(at, value?["draws_of"], text: own.method.rawValue)
      same(at, value?["statistic"], text: own.statistic.name)
      same(at, value?["source_stage"], text: name(own.statistic.source, finished.sourceNames))
      same(at, value?["target_stage"], text: name(own.statistic.target, finished.targetNames))
      same(at, value?["estimate"], own.estimate)
      same(at, value?["mean"], own.distribution.spread.mean)
      same(at, value?["standard_error"], own.distribution.spread.deviation)
      same(at, value?["low"], own.interval.percentile.lower)
      same(at, value?["high"], own.interval.percentile.upper)
      same(at, value?["bca_low"], own.interval.accelerated.lower)
      same(at, value?["bca_high"], own.interval.accelerated.upper)
      let isBCa = own.interval.accelerated.lower.isFinite
      let ends = isBCa ? own.interval.accelerated : own.interval.percentile
      same(at, value?["interval_low"], ends.lower)
      same(at, value?["interval_high"], ends.upper)
      same(at, value?["interval_method"], text: isBCa ? "bca" : "percentile")
      same(at, value?["level"], 0.95)
      same(at, value?["draws"], Double(own.distribution.draws.count))
      same(at, value?["undefined"], Double(own.distribution.undefinedCount))
    }
    if json["evidence"]?["nulls"]?.list.count != tests.count { faults.append("count of nulls") }
    if json["evidence"]?["intervals"]?.list.count != intervals.count {
      faults.append("count of intervals")
    }
    let isResampled = !finished.evidence.bootstraps.isEmpty
    if isResampled != (json["evidence"]?["support_frequency"] != nil) { faults.append("support") }
    for row in 0..<3 where isResampled {
      same(
        "support", json["evidence"]?["support_frequency"]?[row],
        (0..<4).map { finished.evidence.supportFrequency(source: row, target: $0) })
    }
  }

  private mutating func checkComparisons() {
    let names = finished.splits[0].scores.map(\.method)
    let ratio = json["test_to_training_ratio"]?.number ?? .nan
    same("ratio", json["test_to_training_ratio"], 4 / 16)
    for (key, stages) in [("comparisons", 3..<4), ("stage_comparisons", 0..<3)] {
      var place = 0
      for stage in stages {
        for (number, first) in names.enumerated() {
          for second in names[(number + 1)...] {
            let (one, other) = (finished.scores(of: first), finished.scores(of: second))
            let pairs = PairedComparison(
              one.map { stage == 3 ? $0.score : $0.stageScores[stage] },
              other.map { stage == 3 ? $0.score : $0.stageScores[stage] })
            let (value, at) = (json[key]?[place], "\(key) \(place)")
            same(at, value?["method"], text: first)
            same(at, value?["other_method"], text: second)
            same(
              at, value?["source_stage"], text: stage == 3 ? "mean" : finished.sourceNames[stage])
            check(at, value, pairs, pairs.correctedTest(testToTrainingRatio: ratio))
            place += 1
          }
        }
      }
      if json[key]?.list.count != place { faults.append("count of \(key)") }
    }
  }

  private mutating func check(
    _ at: String, _ value: JSON?, _ pairs: PairedComparison, _ test: PairedComparison.Test
  ) {
    same(at, value?["difference"], pairs.spread.mean)
    same(at, value?["sd"], pairs.spread.deviation)
    same(at, value?["lower"], test.interval.lower)
    same(at, value?["upper"], test.interval.upper)
    same(at, value?["t"], test.statistic)
    same(at, value?["degrees_of_freedom"], Double(test.degreesOfFreedom))
    same(at, value?["p_value"], test.pValue)
  }

  private mutating func checkPlaces() {
    let (coupling, ratio) = (json["coupling"], json["test_to_training_ratio"]?.number ?? .nan)
    for (stage, name) in finished.sourceNames.enumerated() {
      let value = json["places"]?[stage]
      same(name, value?["source_stage"], text: name)
      for key in ["expected_depth", "best_layer", "tied_layers"]
      where value?[key] != coupling?[key]?[stage] { faults.append("\(name) \(key)") }
      let alone = finished.splits.map { Array($0.stageScores.row(stage)) }
      func best(_ splits: [[Double]]) -> Int {
        let sums = (0..<4).map { layer in splits.reduce(0) { $0 + $1[layer] } }
        return sums.indices.max { sums[$0] < sums[$1] } ?? 0
      }
      let costs = (coupling?["cost"]?[stage]?.list ?? []).map { $0.number ?? .nan }
      let cheapest = costs.indices.min { costs[$0] < costs[$1] } ?? 0
      same(name, value?["least_cost_layer"], text: finished.targetNames[cheapest])
      same(name, value?["best_score_layer"], text: finished.targetNames[best(alone)])
      same(name, value?["best_score"], Spread(alone.map { $0[best(alone)] }).mean)
      let hot = finished.scores(of: "hot").map { $0.stageScores[stage] }
      same(name, value?["score"], Spread(hot).mean)
      let rivals = alone.indices.map { split in
        alone[split][best(alone.indices.filter { $0 != split }.map { alone[$0] })]
      }
      let pairs = PairedComparison(hot, rivals)
      let ends = pairs.correctedTest(testToTrainingRatio: ratio).interval
      same(name, value?["difference"], pairs.spread.mean)
      same(name, value?["lower"], ends.lower)
      same(name, value?["upper"], ends.upper)
      let verdict = ends.lower > 0 ? "better" : ends.upper < 0 ? "worse" : "not told apart"
      same(name, value?["verdict"], text: verdict)
    }
  }

  private mutating func checkCeilings() {
    let all = finished.sourceNames.map { ResponseFolder.ceilings[$0] ?? [] }
    same("floor", json["ceiling"]?["floor"], 0.1)
    same("units", json["ceiling"]?["source_units"], all.map { Double($0.count) })
    same("below", json["ceiling"]?["units_below_floor"], all.map { Double($0.count { $0 < 0.1 }) })
    same("unknown", json["ceiling"]?["units_unknown"], all.map { Double($0.count(where: \.isNaN)) })
  }
}

// MARK: A split

extension FittedNumbers {
  private mutating func check(_ own: SplitAlignment) {
    let (fit, name) = (own.fit, own.fit.split.name)
    let value = json["splits"]?[name]
    same(name, value?["training_stimuli"], Double(fit.split.training.count))
    same(name, value?["heldout_stimuli"], Double(fit.split.heldOut.count))
    same("\(name) C", value?["C"], fit.costs)
    same("\(name) P", value?["P"], fit.coupling)
    same("\(name) share", value?["share"], fit.shares)
    same("\(name) cost", value?["cost"], fit.cost)
    same("\(name) layer_scores", value?["layer_scores"], own.stageScores)
    check(name, value?["certificate"], Self.certificates(own))
    let hot = own.scores.first { $0.method == "hot" } ?? own.scores[0]
    for score in own.scores {
      same(name, value?["scores"]?[score.method], score.stageScores + [score.score])
      let normalized = finished.ceilings?.normalized(score, fit: fit) ?? []
      same(name, value?["normalized"]?[score.method], normalized)
      checkDraws("\(name) \(score.method)", value?["draws"]?[score.method], score, hot)
    }
    checkSolves(name, value, fit)
    checkOuter(name, value, fit)
    guard let global = own.scores.lazy.compactMap(\.coupling).first else {
      return faults.append("\(name): no global transport")
    }
    same(name, value?["global"]?["mass"], global.masses)
    same(name, value?["global"]?["cost"], global.cost)
    same(name, value?["global"]?["source_units"], global.sourceUnitCounts.map(Double.init))
    same(name, value?["global"]?["target_units"], global.targetUnitCounts.map(Double.init))
    check(name, value?["global"]?["certificate"], [global.certificate])
  }

  private mutating func checkSolves(_ name: String, _ value: JSON?, _ fit: FittedTransport) {
    for pair in 0..<12 {
      let (row, column) = (pair / 4, pair % 4)
      let (match, at) = (fit.match(row, column), "\(name) \(row) \(column)")
      for list in ["solves", "inner"] where value?[list] != nil {
        let item = value?[list]?[pair]
        same(at, item?["source_stage"], text: finished.sourceNames[row])
        same(at, item?["target_stage"], text: finished.targetNames[column])
      }
      let solve = value?["solves"]?[pair]
      same(at, solve?["rows"], Double(match.plan.rowCount))
      same(at, solve?["columns"], Double(match.plan.columnCount))
      same(at, solve?["iterations"], Double(match.iterations))
      check(at, solve: solve, match.certificate)
      if fit.isPartial != (value?["inner"] != nil) { faults.append("\(at) inner") }
      guard let inner = value?["inner"]?[pair] else { continue }
      if inner["curve"]?.list.count != match.curve.count { faults.append("\(at) curve") }
      same(at, inner["mass"], match.mass)
      same(at, inner["cost"], match.cost)
      for (place, point) in match.curve.enumerated() {
        same(at, inner["curve"]?[place]?["mass"], point.mass)
        same(at, inner["curve"]?[place]?["cost"], point.cost)
      }
    }
    let outer = value?["solves"]?[12]
    same(name, outer?["rows"], 3)
    same(name, outer?["columns"], 4)
    same(name, outer?["iterations"], nil)
    same(name, outer?["source_stage"], text: nil)
    check(name, solve: outer, fit.outerCertificate)
  }

  private mutating func check(_ at: String, solve: JSON?, _ proof: TransportCertificate) {
    same(at, solve?["primal_violation"], proof.primalViolation)
    same(at, solve?["dual_violation"], proof.dualViolation)
    same(at, solve?["gap"], proof.gap)
  }

  private mutating func checkOuter(_ name: String, _ value: JSON?, _ fit: FittedTransport) {
    guard let path = fit.outerPath else {
      if value?["outer_path"] != nil || value?["outer"] != nil { faults.append("\(name) path") }
      return
    }
    for (place, point) in path.points.enumerated() {
      let (solution, own) = (value?["outer_path"]?[place], point.coupling)
      let at = "\(name) outer \(place)"
      same(at, solution?["problem"], text: place == 0 ? "balanced" : "unbalanced")
      same(at, solution?["penalty"], own.problem.targetPenalty)
      same(at, solution?["mass"], own.sourceMasses.reduce(0, +))
      same(at, solution?["cost"], own.cost)
      same(at, solution?["criterion"], point.criterion)
      same(at, solution?["shortfall"], path.shortfalls[place].mean)
      same(at, solution?["shortfall_se"], path.shortfalls[place].error)
      same(at, solution?["source_mass"], own.sourceMasses)
      same(at, solution?["target_mass"], own.targetMasses)
      same(at, solution?["pair_mass"], own.masses)
      same(at, solution?["share"], own.shares)
      if solution?["chosen"] != .bool(place == path.chosen) { faults.append("\(at) chosen") }
    }
    if value?["outer"] != value?["outer_path"]?[path.chosen] { faults.append("\(name) outer") }
    if value?["outer_path"]?.list.count != path.points.count { faults.append("\(name) path") }
  }
}

extension Matrix where Scalar == Spread {
  /// A number of each.
  func numbers(_ number: (Spread) -> Double) -> Matrix<Double> {
    Matrix<Double>(rowCount: rowCount, columnCount: columnCount, elements: elements.map(number))
  }
}

/// Where the cells of a comparison's tables stand in `comparison.json`.
struct ComparisonPlaces {
  let json: JSON
  let sources: [String]
  let targets: [String]

  init(_ json: JSON) {
    self.json = json
    sources = json["source"]?["stages"]?.list.compactMap(\.text) ?? []
    targets = json["target"]?["stages"]?.list.compactMap(\.text) ?? []
  }

  /// The value of a cell, as `AlignmentPlaces` has it.
  func value(_ table: String, _ column: String, _ row: [String: String]) -> JSON? {
    if let name = row[column] { return .text(name) }
    let measure = row["measure"].flatMap { json["measures"]?[$0] }
    guard let source = row["source_stage"].flatMap({ sources.firstIndex(of: $0) }) else {
      return nil
    }
    let preferred = measure?["preferred"]?[source]
    if table == "preferred" && column == "target_stage" { return preferred }
    let name = table == "preferred" ? preferred?.text : row["target_stage"]
    guard let target = name.flatMap({ targets.firstIndex(of: $0) }) else { return nil }
    func cell(_ table: JSON?) -> JSON? { table?[source]?[target] }
    let (null, bootstrap) = (measure?["null"], measure?["bootstrap"])
    switch (table, column) {
    case ("measures", "value"), ("preferred", "value"): return cell(measure?["values"])
    case ("measures", "is_distance"): return measure?["is_distance"]
    case ("measures", "p"): return cell(null?["p"])
    case ("measures", "null_mean"): return cell(null?["mean"])
    case ("measures", "null_sd"): return cell(null?["sd"])
    case ("measures", "bootstrap_mean"): return cell(bootstrap?["mean"])
    case ("measures", "low"), ("measures", "high"), ("measures", "interval_method"):
      return cell(bootstrap?[column])
    case ("preferred", "p"): return null?["p_of_preferred"]?[source]
    case ("preferred", "bootstrap_share"): return cell(bootstrap?["preferred_share"])
    case ("preferred", "null_share"): return cell(null?["preferred_share"])
    default: return nil
    }
  }

  /// What of the file does not agree with the measures and their draws.
  func faults(_ measured: [MeasuredPairs]) -> [String] {
    var faults: [String] = []
    func same(_ place: String, _ value: JSON?, _ number: Double) {
      if value != (number.isFinite ? .number(number) : .null) { faults.append(place) }
    }
    for own in measured {
      let value = json["measures"]?[own.measure]
      let (null, bootstrap) = (value?["null"], value?["bootstrap"])
      if value?["is_distance"] != .bool(own.isDistance) { faults.append("is_distance") }
      for row in sources.indices {
        let preferred = own.preferredTargets[row].map { JSON.text(targets[$0]) } ?? .null
        if value?["preferred"]?[row] != preferred { faults.append("preferred") }
        same("p of preferred", null?["p_of_preferred"]?[row], own.pValueOfPreferred(row))
        for column in targets.indices {
          func cell(_ key: String, of table: JSON?) -> JSON? { table?[key]?[row]?[column] }
          let (draws, samples) = (own.null(row, column), own.bootstrap(row, column))
          let ends = own.interval(row, column).percentile
          same("values", cell("values", of: value), own.values[row, column])
          same("null mean", cell("mean", of: null), draws.spread.mean)
          same("null sd", cell("sd", of: null), draws.spread.deviation)
          same("p", cell("p", of: null), own.pValue(row, column))
          same(
            "null share", cell("preferred_share", of: null),
            own.permutedPreferenceRates[row, column])
          same("mean", cell("mean", of: bootstrap), samples.spread.mean)
          same("low", cell("low", of: bootstrap), ends.lower)
          same("high", cell("high", of: bootstrap), ends.upper)
          same("share", cell("preferred_share", of: bootstrap), own.preferenceRates[row, column])
          if cell("interval_method", of: bootstrap) != .text("percentile") {
            faults.append("interval_method")
          }
        }
      }
    }
    return faults
  }
}
