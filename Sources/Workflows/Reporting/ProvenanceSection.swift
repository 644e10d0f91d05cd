internal import ChiasmReporting

/// How the result was made.
struct ProvenanceSection: ReportSection {
  let reading: AlignmentReading
  let anchor = "provenance"
  let heading = "Provenance"

  init(_ reading: AlignmentReading) { self.reading = reading }

  var pieces: [ReportPiece] {
    let extraction = reading.source.extraction?.provenance
    return [
      .fields([
        "made by": "\(provenance.software) \(provenance.version)",
        "command": provenance.command,
        "extracted by": extraction.map { "\($0.software) \($0.version)" },
        "extraction": extraction?.command,
        "report by": "\(Software.name) \(Software.version)",
        "alignment": reading.path,
      ]), settings, inputs("Files that were aligned", provenance),
    ] + (extraction.map { [inputs("Files that were extracted", $0)] } ?? [])
      + (extraction?.notes ?? []).map(ReportPiece.note)
  }

  private var provenance: Provenance { reading.record.provenance }

  private var settings: ReportPiece {
    let settings = reading.record.settings
    return .fields([
      "splits": settings.splits_file
        ?? "at random, training on \(NumberText.short(settings.train_fraction)) of the stimuli",
      "seed": String(settings.seed),
      "solver": settings.solver,
      "at most units": settings.max_units.map(String.init),
      "outer problem": reading.record.outerProblem,
      "matched units": reading.record.innerProblem,
      "controls": settings.controls?.joined(separator: ", "),
      "draws of random controls": String(settings.controlDraws),
      "stimulus permutations": settings.stimulus_permutations.map(String.init),
      "orders of layers": settings.layer_permutations.map(String.init),
      "bootstrap samples": settings.bootstrap.map(String.init),
      "draws for the score": settings.score_draws.map(String.init),
      "floor of noise ceilings": reading.record.ceiling.map { NumberText.short($0.floor) },
    ])
  }

  private func inputs(_ caption: String, _ provenance: Provenance) -> ReportPiece {
    .table(caption, ["file", "SHA-256"], provenance.inputs.map { [$0.path, $0.sha256] })
  }
}
