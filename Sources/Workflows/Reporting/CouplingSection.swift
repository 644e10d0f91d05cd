internal import ChiasmAlignment
internal import ChiasmReporting

/// Which target stages every source stage is coupled with.
struct CouplingSection: ReportSection {
  let reading: AlignmentReading
  let anchor = "coupling"
  var heading: String { "Coupling of \(reading.sourceNoun)s and \(reading.targetNoun)s" }

  init(_ reading: AlignmentReading) { self.reading = reading }

  var pieces: [ReportPiece] {
    [.figure(matrix), .figure(flow), table] + unused.map(ReportPiece.note)
  }

  var coupling: AlignmentRecord.Coupling { reading.record.coupling }

  private var unused: [String] {
    let names = zip(reading.sourceNames, coupling.share)
      .filter { $1.allSatisfy { $0 == nil } }.map(\.0)
    return names.isEmpty
      ? []
      : [
        "\(ReportText.list(names)) has no mass in some split, so that there is no share, no depth and "
          + "no score of it (n/a)."
      ]
  }

  private var isBalanced: Bool {
    (reading.record.settings.outer?.problem ?? "balanced") == "balanced"
  }

  var matrixCaption: String {
    let (source, target) = (reading.sourceNoun, reading.targetNoun)
    let taken = Double(reading.targetNames.count) / Double(reading.sourceNames.count)
    let demand =
      isBalanced
      ? " Each \(target) must be used up, so that every \(source) takes "
        + "\(ReportText.number(taken, decimals: 1)) \(target)s whether they fit or not: a share is no evidence by itself."
      : ""
    let outlined = reading.known.isEmpty ? "" : " Outlines mark the known answers."
    return
      "Coupling share: how the mass of each \(source) is spread over the \(target)s, mean over "
      + "\(reading.splitCount); rows sum to 1." + demand + outlined
  }

  private var table: ReportPiece {
    let hasSupport = reading.record.evidence?.support_frequency != nil
    let hasIntervals = !intervals.isEmpty
    let titles =
      [reading.sourceNoun, reading.targetNoun, "mass", "share", "SD over splits"]
      + (hasIntervals ? ["95 % low", "95 % high", "ends"] : []) + (hasSupport ? ["in support"] : [])
      + ["cost", "SD of cost"]
    let rows = reading.sourceNames.indices.flatMap { source in
      reading.targetNames.indices.map { target in
        [reading.sourceNames[source], reading.targetNames[target]]
          + [coupling.mass, coupling.share, coupling.share_sd]
          .map { ReportText.number($0[source][target], decimals: 4) }
          + (hasIntervals ? ends(source, target) : [])
          + (hasSupport
            ? [ReportText.number(reading.record.evidence?.support_frequency?[source][target])] : [])
          + [coupling.cost, coupling.cost_sd]
          .map { ReportText.number($0[source][target], decimals: 4) }
      }
    }
    return .table(
      "Every pair: mass P, share, "
        + (hasIntervals
          ? "its interval when stimuli are drawn anew and everything is fitted anew, " : "")
        + (hasSupport ? "how often the pair has any mass then, " : "")
        + "and cost, 1 minus the mean correlation of matched pairs on training stimuli", titles,
      rows)
  }

  private func ends(_ source: Int, _ target: Int) -> [String] {
    let interval = interval(source, target)
    return [interval?.ends?.lowerBound, interval?.ends?.upperBound]
      .map { ReportText.number($0, decimals: 4) } + [interval?.method?.name ?? "n/a"]
  }
}
