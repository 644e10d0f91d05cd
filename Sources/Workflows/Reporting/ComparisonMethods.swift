internal import Foundation
internal import ChiasmReporting
internal import ChiasmResponses
internal import ChiasmResults
internal import ChiasmTables

/// A paragraph on the methods of a comparison that can be pasted into a paper.
struct ComparisonMethods: ReportSection {
  let reading: ComparisonReading
  let anchor = "methods"
  let heading = "Methods, ready to paste"

  private var result: MeasuresResult { reading.result }

  var pieces: [ReportPiece] {
    [
      .note("Add what Chiasm does not know: where the data of both sides come from."),
      .block(.quotation(paragraph)),
      .block(
        .quotation(
          "References\n"
            + Citation.references(in: paragraph, result.provenance).joined(separator: "\n"))),
    ]
  }

  /// The paragraph, with the settings that were used.
  var paragraph: String {
    [opening, measures, units, permutations, samples, software].compactMap(\.self)
      .joined(separator: " ")
  }

  private var opening: String {
    "\(stages(result.source, reading.words.source).capitalizedFirst) were compared with "
      + "\(stages(result.target, reading.words.target)) over "
      + "\(ReportText.grouped(result.common_stimuli)) stimuli, all of them in use."
  }

  private func stages(_ side: AlignmentResult.Side, _ noun: String) -> String {
    (side.input == nil ? "responses" : "dissimilarities (RDMs)")
      + " of \(ReportText.count(side.stages.count, noun)) (\(side.sizes))"
  }

  private var measures: String {
    let parts = result.measure_order.map { name in
      let description = reading.description(of: name)
      let works = description.citations.map(\.short).joined(separator: "; ")
      return "\(name), \(description.formula)" + (works.isEmpty ? "" : " (\(works))")
    }
    return "Every pair was judged by \(parts.joined(separator: "; by "))."
  }

  private var units: String? {
    ReportText.units(
      pooled: result.settings.pool, atMost: result.settings.max_units,
      projected: result.settings.project, seed: result.settings.seed)
  }

  private var permutations: String? {
    let asked = result.settings.permutations
    guard asked > 0 else { return nil }
    let count = result.dependence?.least_p.map { Int((1 / $0).rounded()) - 1 } ?? asked
    return
      "p-values compare with \(ReportText.grouped(count)) \(result.settings.dependence.orders); "
      + "p = (1 + draws at least as good) / (1 + draws) (\(Citation.PhipsonSmyth2010.short)); that of the "
      + "preferred \(reading.words.target) compares with the best \(reading.words.target) of each draw."
  }

  private var samples: String? {
    let count = result.settings.bootstrap
    return count == 0
      ? nil
      : "95 % intervals are percentiles over \(ReportText.grouped(count)) bootstrap samples of stimuli"
        + "\(result.settings.dependence.drawing)."
  }

  private var software: String {
    "Computations were done with \(result.provenance.software) \(result.provenance.version)."
  }
}

/// How the comparison was made.
struct ComparisonProvenance: ReportSection {
  let reading: ComparisonReading
  let anchor = "provenance"
  let heading = "Provenance"

  var pieces: [ReportPiece] {
    let provenance = reading.result.provenance
    return [
      .fields([
        "made by": "\(provenance.software) \(provenance.version)",
        "command": provenance.command,
        "report by": "\(Software.name) \(Software.version)",
        "comparison": URL(filePath: reading.path).standardizedFileURL.lastPathComponent,
      ]), .inputs("Files that were compared", provenance),
    ]
  }
}

extension AlignmentResult.Side {
  /// `V1, 200 voxels; V2, 180 voxels`; names alone where units are not known.
  var sizes: String {
    guard input == nil else { return stages.joined(separator: "; ") }
    return zip(stages, units).map {
      "\($0), \(ReportText.count($1, role.unit))"
    }.joined(separator: "; ")
  }
}
