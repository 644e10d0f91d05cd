internal import ChiasmReporting

extension AlignmentFinding {
  var report: Report {
    let shares = zip(record.source.stages, record.coupling.share).map { name, row in
      [name] + row.map { NumberText.fixed($0, decimals: 3) }
    }
    return Report(
      title: "\(path): alignment by hierarchical optimal transport",
      sections: [
        .fields(main),
        .table(
          heading: "Coupling shares (source stages × target stages, mean over splits)",
          TextTable(["stage"] + record.target.stages, rows: shares)),
        .table(heading: "Where each source stage lies", record.placeTable(known: known?.targets)),
      ] + record.verdict().map(Report.Section.paragraph) + [
        .table(heading: "Scores on held-out stimuli (mean over splits)", scoreTable)
      ] + evidenceSections + knownSection)
  }

  private var main: [Report.Field] {
    let proof = record.certificate
    let settings = record.settings
    let splits =
      settings.splits_file.map { "\(record.splits.count) of \($0)" }
      ?? "\(record.splits.count) at random, training on "
      + NumberText.short(settings.train_fraction) + " of the stimuli"
    return .fields([
      "source": record.source.summary,
      "target": record.target.summary,
      "stimuli": "\(record.common_stimuli) in common",
      "splits": splits,
      "seed": String(settings.seed),
      "solver": settings.solver
        + (settings.max_units.map { ", at most \($0) units a stage" } ?? ""),
      "outer problem": record.outerProblem,
      "matched units": record.innerProblem,
      "cost": NumberText.fixed(record.cost.mean, decimals: 4) + ", SD "
        + NumberText.fixed(record.cost.sd, decimals: 4),
      "proof": "\(proof.solves) transport problems; worst marginal error "
        + NumberText.scientific(proof.worst_primal_violation) + ", dual violation "
        + NumberText.scientific(proof.worst_dual_violation) + ", gap "
        + NumberText.scientific(proof.worst_gap),
      "command": record.provenance.command,
    ])
  }

  private var scoreTable: TextTable {
    TextTable(
      ["method", "mean", "SD"] + record.source.stages,
      rows: orderedMethods.map { name, method in
        [name]
          + ([method.mean, method.sd] + method.stages).map { NumberText.fixed($0, decimals: 4) }
      })
  }

  private var knownSection: [Report.Section] {
    guard let known else { return [] }
    let count = known.targets.count
    return [
      .paragraph(
        "\(count) source stages have a known target stage: \(known.least_cost_there) have their least "
          + "cost there, \(known.greatest_share_there) their greatest share.")
    ]
  }
}
