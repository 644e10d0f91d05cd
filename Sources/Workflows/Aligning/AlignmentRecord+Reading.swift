internal import ChiasmFiles
internal import ChiasmReporting

extension AlignmentRecord {
  /// Reads an `alignment.json` whose tables are as large as its lists of stages say.
  ///
  /// - Throws: `malformed` for anything else.
  static func read(_ path: String) throws -> AlignmentRecord {
    let record = try JSONFile.read(AlignmentRecord.self, from: path)
    guard record.format.hasPrefix("chiasm-alignment "), record.isComplete else {
      let (sources, targets) = (record.source.stages.count, record.target.stages.count)
      throw ArrayFileError.malformed(
        path: path, problem: "is no alignment of \(sources) with \(targets) stages; align anew")
    }
    return record
  }

  /// For each source stage, the target stage of least mean cost; nil where no cost is defined.
  var leastCostTargets: [String?] {
    coupling.cost.map { costs in
      let defined = zip(target.stages, costs).compactMap { name, cost in cost.map { (name, $0) } }
      return defined.min { $0.1 < $1.1 }?.0
    }
  }

  /// The outer problem and what was chosen in each split.
  var outerProblem: String {
    let asked = settings.outer
    let weights = asked?.stage_weights ?? "uniform"
    let chosen = split_order.compactMap { splits[$0]?.outer }.map { outer in
      outer.problem == "partial"
        ? "mass " + NumberText.short(outer.mass)
        : outer.penalty.map { "penalty " + NumberText.short($0) } ?? "balanced"
    }
    return (asked?.problem ?? "balanced")
      + (chosen.isEmpty ? "" : ", by split " + chosen.joined(separator: ", "))
      + (weights == "uniform" ? "" : "; source stages weighed by \(weights)")
  }

  /// How much of the units is matched; nil for the balanced problem.
  var innerProblem: String? {
    let masses = splits.values.flatMap { ($0.inner ?? []).map(\.mass) }
    guard let asked = settings.inner, let least = masses.min(), let most = masses.max() else {
      return nil
    }
    return asked.problem + ", mass " + NumberText.short(least)
      + (least == most ? "" : " to " + NumberText.short(most))
  }

  private var isComplete: Bool {
    let (sources, targets) = (source.stages.count, target.stages.count)
    let tables = [
      coupling.mass, coupling.share, coupling.share_sd, coupling.cost, coupling.cost_sd,
      evidence?.support_frequency,
    ]
    let lists =
      [
        coupling.expected_depth.count, coupling.best_layer.count, coupling.tied_layers.count,
        source.units.count,
      ]
      + scores.values.flatMap { [$0.stages.count, $0.normalized?.stages.count ?? sources] }
    return sources > 0 && targets > 0 && target.units.count == targets
      && lists.allSatisfy { $0 == sources } && tables.allSatisfy(isWhole)
      && Set(split_order) == Set(splits.keys) && !split_order.isEmpty
      && splits.values.allSatisfy { split in
        [split.C, split.P, split.layer_scores].allSatisfy(isWhole)
          && split.scores.values.allSatisfy { $0.count == sources + 1 }
          && split.constant_source_units.count == sources
          && split.constant_target_units.count == targets
      }
  }

  private func isWhole(_ table: [[Double?]]?) -> Bool {
    guard let table else { return true }
    return table.count == source.stages.count
      && table.allSatisfy { $0.count == target.stages.count }
  }
}
