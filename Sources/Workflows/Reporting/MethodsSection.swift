internal import ChiasmResponses
internal import ChiasmResults
internal import ChiasmReporting
internal import Foundation

/// A paragraph on the methods that can be pasted into a paper.
struct MethodsSection: ReportSection {
  let reading: AlignmentReading
  let anchor = "methods"
  let heading = "Methods, ready to paste"

  init(_ reading: AlignmentReading) { self.reading = reading }

  var pieces: [ReportPiece] {
    let text = MethodsText(reading)
    let missing =
      reading.isBrain && reading.source.extraction == nil
      ? [
        ReportPiece.note(
          "How the recording was made into responses is not known here; add it, and the recording and "
            + "the atlas of the regions.")
      ]
      : [
        .note(
          "Add what Chiasm does not know: \(ReportText.list(unknown)).")
      ]
    return missing + [
      .block(.quotation(text.paragraph)),
      .block(.quotation("References\n" + text.references.joined(separator: "\n"))),
    ]
  }
}

extension MethodsSection {
  /// What a paper says of brains and of models that no file tells.
  private var unknown: [String] {
    let roles = [reading.result.source.role, reading.result.target.role]
    let brains = roles.contains(.region) ? ["the recording", "the atlas of the regions"] : []
    return brains + (roles == [.region, .region] ? [] : ["the model"])
  }
}

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
        "products of matrices": provenance.linear_algebra,
        "command": provenance.command,
        "extracted by": extraction.map { "\($0.software) \($0.version)" },
        "extraction": extraction?.command,
        "report by": "\(Software.name) \(Software.version)",
        "alignment": URL(filePath: reading.path).standardizedFileURL.lastPathComponent,
      ]), settings, .inputs("Files that were aligned", provenance),
    ] + (extraction.map { [.inputs("Files that were extracted", $0)] } ?? [])
      + (extraction?.notes ?? []).map(ReportPiece.note)
  }

  private var provenance: Provenance { reading.result.provenance }

  private var settings: ReportPiece {
    let settings = reading.result.settings
    return .fields([
      "splits": settings.splitsFile
        ?? (settings.dependence == nil
          ? "at random, training on \(NumberText.short(settings.trainingFraction)) of the stimuli"
          : reading.result.splitSentence),
      "groups of stimuli": settings.dependence?.groups,
      "table of groups": settings.dependence?.table,
      "permuted stimuli": settings.dependence?.usedExchange?.rawValue,
      "seed": String(settings.seed),
      "solver": settings.solver.rawValue,
      "units": settings.units,
      "outer problem": reading.sentences.outerProblem,
      "matched units": reading.sentences.innerProblem,
      "controls": settings.controls.map(\.rawValue).joined(separator: ", "),
      "draws of random controls": String(settings.controlDrawCount),
      "stimulus permutations": String(settings.permutationCount),
      "orders of \(reading.targetNoun)s": String(settings.layerPermutationCount),
      "bootstrap samples": String(settings.bootstrapCount),
      "draws for the score": String(settings.scoreDrawCount),
      "floor of noise ceilings": reading.result.ceiling.map { NumberText.short($0.floor) },
    ])
  }
}
