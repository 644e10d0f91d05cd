internal import ChiasmStatistics

/// How well every target stage alone predicts each source stage on held-out stimuli.
struct LayerProfiles {
  /// The mean over splits and its spread, source stages × target stages.
  let spreads: [[Spread]]
  /// For each source stage the target stage of the greatest mean; nil where there is none.
  let preferred: [Int?]

  /// Nil for an alignment of before these scores were written.
  init?(_ reading: AlignmentReading) {
    let splits = reading.splits.compactMap(\.layer_scores)
    guard splits.count == reading.splits.count else { return nil }
    spreads = reading.sourceNames.indices.map { source in
      reading.targetNames.indices.map { target in
        Spread(splits.compactMap { $0[source][target] })
      }
    }
    preferred = reading.record.places.map { place in
      place.best_score_layer.flatMap { reading.targetNames.firstIndex(of: $0) }
    }
  }
}

extension AlignmentReading {
  /// For each source stage the greatest score that its noise allows: the mean over its units of the
  /// square root of the noise ceiling; nil where no ceiling is known.
  var scoreCeilings: [Double?] {
    source.ceilings.map { ceilings in
      let known = (ceilings ?? []).filter { !$0.isNaN }
      return known.isEmpty ? nil : known.reduce(0) { $0 + $1.squareRoot() } / Double(known.count)
    }
  }
}
