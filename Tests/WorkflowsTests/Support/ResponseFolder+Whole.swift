import ChiasmAlignment

@testable import ChiasmResults
@testable import ChiasmWorkflows

/// What an alignment with all that can be asked for spends its time on.
enum WholeKind: CaseIterable {
  /// Refits to permuted and to resampled stimuli.
  case replicates
  /// The choice of an outer problem and of matched masses.
  case paths
}

extension ResponseFolder {
  /// The noise ceilings of the source's units in `wholeSettings`; NaN where it is unknown.
  static let ceilings = [
    "V1": [0.25, 0.05, .nan, 0.64], "V2": [1, 0.5, 0.36], "V3": [0.2, 0.3, 0.01, 0.9, 0.7],
  ]

  /// Settings with all that can be asked for, with few draws and either stimuli drawn anew or problems
  /// chosen, for both together take long: a brain of three regions with noise
  /// ceilings and a model of four layers, of which `b` is called awkwardly.
  func wholeSettings(_ kind: WholeKind, targetCeilings: Bool = false) throws -> AlignmentSettings {
    let source = try set("brain", [("V1", 4), ("V2", 3), ("V3", 5)], seed: 1)
    let target = try set(
      "model", [("a", 5), ("b, \"deep\"/1", 3), ("c", 2), ("d", 4)], seed: 2)
    for (name, ceilings) in Self.ceilings {
      try table(
        "brain/\(name)_units.tsv",
        ["unit noise_ceiling"] + ceilings.enumerated().map { "\($0) \($1.isNaN ? "n/a" : "\($1)")" }
      )
    }
    if targetCeilings {
      for (name, count) in [("a", 5), (StageFileName.stem("b, \"deep\"/1"), 3), ("c", 2), ("d", 4)]
      {
        try table(
          "model/\(name)_units.tsv", ["unit noise_ceiling"] + (0..<count).map { "\($0) 0.5" })
      }
    }
    var settings = AlignmentSettings(source: source, target: target)
    (settings.splitCount, settings.ceilingFloor) = (3, 0.1)
    settings.controls = ControlName.allCases
    switch kind {
    case .replicates: (settings.permutationCount, settings.bootstrapCount) = (5, 20)
    case .paths:
      settings.outer.kind = .automatic
      settings.innerMass = .corner(of: [0.4, 0.7, 1])
    }
    (settings.layerPermutationCount, settings.scoreDrawCount) = (50, 50)
    settings.controlDrawCount = 7
    return settings
  }
}
