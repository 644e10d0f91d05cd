internal import ChiasmAlignment
internal import ChiasmReporting
internal import ChiasmStatistics

/// How well each target stage predicts each source stage.
struct LayerSection: ReportSection {
  let reading: AlignmentReading
  let profiles: LayerProfiles?
  let anchor = "layers"
  var heading: String { "Each \(reading.targetNoun) by itself" }

  init(_ reading: AlignmentReading) {
    self.reading = reading
    profiles = LayerProfiles(reading)
  }

  var pieces: [ReportPiece] {
    guard let profiles else {
      return [
        .note(
          "This alignment was made before scores of single \(reading.targetNoun)s were written; "
            + "align anew to see them.")
      ]
    }
    return [.figure(figure(profiles)), table(profiles)]
  }

  var caption: String {
    let (source, target, unit) = (reading.sourceNoun, reading.targetNoun, reading.unitNoun)
    let ceiling =
      reading.scoreCeilings.contains { $0 != nil }
      ? " Dashed: the score that the noise of the recording allows, the mean square root of the "
        + "\(unit)s' noise ceilings." : ""
    return
      "Held-out score of each \(source) predicted from one \(target) alone: the mean correlation of "
      + "its \(unit)s with their prediction. Lines are means over \(reading.splitCount), bands ± 1 SD "
      + "over them; splits of the same stimuli overlap, so that a band is no confidence interval. The "
      + "mark is the \(target) with the greatest score.\(ceiling) A wider \(target) can predict better "
      + "by its width alone."
  }

  private func table(_ profiles: LayerProfiles) -> ReportPiece {
    let coupling = reading.record.coupling
    let leastCost = reading.record.leastCostTargets
    let hasKnown = !reading.known.isEmpty
    let rows = reading.sourceNames.indices.map { source in
      [
        reading.sourceNames[source],
        profiles.preferred[source].map { reading.targetNames[$0] } ?? "n/a",
        coupling.best_layer[source] ?? "n/a", leastCost[source] ?? "n/a",
        ReportText.number(reading.scoreCeilings[source]),
      ] + profiles.spreads[source].map { ReportText.number($0.mean.finite) }
        + (hasKnown ? [reading.known[reading.sourceNames[source]] ?? "n/a"] : [])
    }
    return .table(
      "The preferred \(reading.targetNoun) of each \(reading.sourceNoun) by score, share and cost, and the "
        + "mean held-out score of every \(reading.targetNoun)",
      [
        reading.sourceNoun, "greatest score", "greatest share", "least cost",
        "score allowed by noise",
      ] + reading.targetNames + (hasKnown ? ["known"] : []), rows)
  }
}
