internal import ChiasmAlignment

/// How much of the units is matched, in the settings of `alignment.json`.
struct InnerSettingsRecord: Codable, Equatable {
  /// `balanced`, `partial` or `auto`.
  let problem: String
  /// The mass that was asked for; null for `auto`.
  let mass: Double?

  init(_ mass: MatchedMass) {
    switch mass {
    case .whole: (problem, self.mass) = ("balanced", 1)
    case .fixed(let mass): (problem, self.mass) = ("partial", mass)
    case .corner: (problem, self.mass) = ("auto", nil)
    }
  }
}

/// The partial matching of one pair of stages in one split of `alignment.json`.
struct InnerRecord: Codable, Equatable {
  /// What matching a mass costs: ⟨1 − ρ, Q⟩ / mass.
  struct Point: Codable, Equatable {
    let mass: Double
    let cost: Double?
  }

  let source_stage: String
  let target_stage: String
  /// The mass that is matched, of 1.
  let mass: Double
  let cost: Double?
  /// All masses that were tried.
  let curve: [Point]

  /// A record for each pair of stages; nil where everything is matched unasked.
  static func records(of fit: FittedTransport) -> [InnerRecord]? {
    guard fit.isPartial else { return nil }
    return fit.source.indices.flatMap { row in
      fit.target.indices.map { column in
        let match = fit.match(row, column)
        return InnerRecord(
          source_stage: fit.source[row].name, target_stage: fit.target[column].name,
          mass: match.mass, cost: match.cost.finite,
          curve: match.curve.map { Point(mass: $0.mass, cost: $0.cost.finite) })
      }
    }
  }
}
