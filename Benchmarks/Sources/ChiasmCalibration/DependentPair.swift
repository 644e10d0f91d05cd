import Chiasm

/// Two small systems without any relation whose stimuli depend on each other, each in its own way: every unit
/// is a mix of features of the stimuli and noise, and features are those of `SimulatedDependence`.
struct DependentPair {
  let pair: ResponsePair
  /// What belongs together: a label of every stimulus.
  let labels: [String]

  private static let (sourceCounts, targetCounts) = ([8, 8], [8, 8, 8])
  private static let featureCount = 4

  init(_ dependence: SimulatedDependence, stimulusCount: Int, seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed, stream: 0xDE9E)
    let ids = (0..<stimulusCount).map { "stimulus \(10_000 + $0)" }
    func set(_ unitCounts: [Int]) throws -> ResponseSet {
      try ResponseSet(
        stimulusIDs: ids,
        stages: unitCounts.enumerated().map { number, unitCount in
          let features = (0..<Self.featureCount).map { _ in
            dependence.deviates(stimulusCount, using: &generator)
          }
          var responses = Matrix<Float>(
            rowCount: stimulusCount, columnCount: unitCount, repeating: 0)
          for unit in 0..<unitCount {
            let weights = features.map { _ in generator.normal() }
            for stimulus in 0..<stimulusCount {
              let signal = zip(weights, features).reduce(0) { $0 + $1.0 * $1.1[stimulus] }
              responses[stimulus, unit] = Float(signal + generator.normal())
            }
          }
          return Stage(name: "stage \(number)", responses: responses)
        })
    }
    pair = try ResponsePair(source: set(Self.sourceCounts), target: set(Self.targetCounts))
    labels = dependence.groups(of: stimulusCount).map { "group \($0)" }
  }
}

/// A kind of data whose stimuli depend on each other, and what `chiasm align` is told of it.
struct GroupedDesign: Sendable {
  let name: String
  let dependence: SimulatedDependence
  let stimulusCount: Int
  /// As the options of the command have it.
  let options: String
  let settings: DependenceSettings

  private init(
    _ name: String, _ dependence: SimulatedDependence, _ stimulusCount: Int, _ options: String,
    _ change: (inout DependenceSettings) -> Void
  ) {
    (self.name, self.dependence, self.stimulusCount) = (name, dependence, stimulusCount)
    self.options = options
    var settings = DependenceSettings()
    change(&settings)
    self.settings = settings
  }

  /// The table of the calibration.
  static let all = [
    GroupedDesign("6 categories", .categories(6), 60, "--groups group") { $0.groups = "group" },
    GroupedDesign("20 categories", .categories(20), 100, "--groups group") {
      $0.groups = "group"
    },
    segments("film, AR(.5)", 0.5), segments("film, AR(.9)", 0.9), shifts("film, AR(.5)", 0.5),
    shifts("film, AR(.9)", 0.9),
    GroupedDesign(
      "offsets of 5 sessions", .sessions(5), 60, "--groups group --exchange within:group"
    ) { ($0.groups, $0.exchange) = ("group", .within("group")) },
  ]

  private static func segments(_ name: String, _ memory: Double) -> GroupedDesign {
    GroupedDesign(
      name, .film(memory: memory), 300, "--groups group --folds contiguous --gap 10"
    ) { ($0.groups, $0.folds, $0.gap) = ("group", .contiguous, 10) }
  }

  private static func shifts(_ name: String, _ memory: Double) -> GroupedDesign {
    GroupedDesign(name, .film(memory: memory), 300, "--folds contiguous --gap 10") {
      ($0.folds, $0.gap) = (.contiguous, 10)
    }
  }

  /// The score and its p-value over so many permutations, by the settings or as if stimuli were
  /// independent; and whether the 95 % interval of the score holds 0, its mean without any relation.
  func trial(
    seed: UInt64, permutations: Int, isGrouped: Bool
  ) async throws -> (score: Double, p: Double, holdsZero: Bool) {
    let data = try DependentPair(dependence, stimulusCount: stimulusCount, seed: seed)
    var input = AlignmentInput(data.pair)
    input.stimulusColumns["group"] = data.labels
    var settings = AlignmentSettings()
    settings.dependence = isGrouped ? self.settings : nil
    settings.permutationCount = permutations
    settings.controls = []
    settings.layerPermutationCount = 0
    settings.scoreDrawCount = 500
    settings.seed = seed
    let result = try await AlignmentRun(input, settings).run(command: "", threads: 1).result
    let interval = result.evidence.interval(.fixedFits, "score")?.ends
    return (
      result.scores["hot"]?.mean ?? .nan,
      result.evidence.test(.stimulusPermutation, "score")?.p_value ?? .nan,
      interval?.contains(0) ?? false
    )
  }
}
