import ChiasmAlignment
import ChiasmResponses
import Foundation
import Testing

@testable import ChiasmResults

@Suite("Settings in results and in journals")
struct SettingsContract {
  /// A change of each setting, by its key in JSON.
  private static let changes: [(key: String, change: @Sendable (inout AlignmentSettings) -> Void)] =
    [
      ("source_stimuli", { $0.sourceStimuli = "a.tsv" }),
      ("target_stimuli", { $0.targetStimuli = "b.tsv" }),
      ("source_stages", { $0.sourceStages = ["V1"] }),
      ("target_stages", { $0.targetStages = ["a"] }),
      ("source_role", { $0.sourceRole = .region }), ("target_role", { $0.targetRole = .stage }),
      ("stimulus_names", { $0.naming = StimulusNaming(match: .stem, mapFile: "names.tsv") }),
      ("splits", { $0.splitCount = 7 }), ("train_fraction", { $0.trainingFraction = 0.6 }),
      ("seed", { $0.seed = 3 }), ("splits_file", { $0.splitsFile = "splits.tsv" }),
      ("dependence", { $0.dependence = grouped { $0.groups = "category" } }),
      ("solver", { $0.solver = .sinkhorn }), ("max_units", { $0.maximumUnits = 9 }),
      ("pool", { $0.pooling = Pooling(maps: .mean) }), ("project", { $0.projectedUnitCount = 9 }),
      ("ceiling_floor", { $0.ceilingFloor = 0.2 }), ("controls", { $0.controls = [.hot] }),
      ("outer", { $0.outer.kind = .automatic }), ("inner", { $0.innerMass = .automatic }),
      ("control_draws", { $0.controlDrawCount = 5 }),
      ("permutations", { $0.permutationCount = 2000 }),
      ("stimulus_permutations", { $0.permutationCount = 2000 }),
      ("bootstrap", { $0.bootstrapCount = 2000 }),
      ("layer_permutations", { $0.layerPermutationCount = 5 }),
      ("score_draws", { $0.scoreDrawCount = 5 }), ("unit_draws", { $0.unitDrawCount = 5 }),
    ]

  private static func grouped(
    _ change: (inout DependenceSettings) -> Void
  ) -> DependenceSettings {
    var settings = DependenceSettings()
    change(&settings)
    return settings
  }

  /// What a replicate's value does not depend on: counts, what is done with the fits, and what is bound
  /// to a journal beside the settings.
  private static let idle: Set = [
    "source_stimuli", "target_stimuli", "source_role", "target_role", "splits", "train_fraction",
    "splits_file", "ceiling_floor",
    "controls", "control_draws",
    "permutations", "stimulus_permutations", "bootstrap", "layer_permutations", "score_draws",
    "unit_draws",
  ]

  private func keys(_ settings: AlignmentSettings) throws -> Set<String> {
    let text = try JSONFile.text(settings)
    let json = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    return Set(try #require(json).keys)
  }

  @Test("Every setting is coded, and each has a change in this test")
  func complete() throws {
    var settings = AlignmentSettings(source: "brain", target: "model")
    // Lists, roles, names and sections that are nil stay away.
    settings.dependence = DependenceSettings()
    (settings.sourceStages, settings.targetStages) = (["V1"], ["a"])
    (settings.sourceRole, settings.targetRole) = (.region, .layer)
    settings.naming = StimulusNaming()
    (settings.sourceStimuli, settings.targetStimuli) = ("a.tsv", "b.tsv")
    let coded = try keys(settings)
    #expect(coded == Set(Self.changes.map(\.key)))
    // Two paths are told beside the settings.
    #expect(Mirror(reflecting: settings).children.count == coded.count + 2)
  }

  @Test("A replicate is bound to every setting but those that cannot change its value")
  func bound() throws {
    let own = try AlignmentSettings().replicateIdentity()
    for (key, change) in Self.changes {
      var settings = AlignmentSettings()
      change(&settings)
      #expect(settings != AlignmentSettings(), "\(key)")
      #expect(try (settings.replicateIdentity() == own) == Self.idle.contains(key), "\(key)")
    }
  }

  @Test("Numbers within a setting count too")
  func nested() throws {
    func identity(_ change: (inout AlignmentSettings) -> Void) throws -> String {
      var settings = AlignmentSettings()
      change(&settings)
      return try settings.replicateIdentity()
    }
    let all = try [
      identity { $0.outer.kind = .unbalanced }, identity { $0.outer.penalty = 0.1 },
      identity { $0.outer.penalty = 0.2 }, identity { $0.outer.mass = 0.5 },
      identity { $0.outer.stageWeights = .units }, identity { $0.innerMass = .fixed(0.5) },
      identity { $0.innerMass = .fixed(0.6) }, identity { $0.innerMass = .automatic },
      identity { $0.naming = StimulusNaming(match: .basename) },
      identity { $0.naming = StimulusNaming(match: .stem) },
    ]
    #expect(Set(all).count == all.count)
    // The content of a map is told by its digest, wherever it lies.
    let maps = try ["one.tsv", "two.tsv"].map { path in
      try identity { $0.naming = StimulusNaming(match: .stem, mapFile: path) }
    }
    #expect(maps[0] == maps[1] && maps[0] == all.last)
  }

  @Test("Of what belongs together, the table's path alone does not change a replicate")
  func dependence() throws {
    func identity(_ change: (inout DependenceSettings) -> Void) throws -> String {
      var settings = AlignmentSettings()
      settings.dependence = Self.grouped(change)
      return try settings.replicateIdentity()
    }
    let all = try [
      identity { _ in }, identity { $0.groups = "category" }, identity { $0.groups = "run" },
      identity { $0.folds = .random }, identity { $0.folds = .contiguous }, identity { $0.gap = 3 },
      identity { $0.exchange = .shift }, identity { $0.exchange = .whole("run") },
      identity { $0.exchange = .within("run") },
    ]
    #expect(Set(all).count == all.count)
    #expect(try identity { $0.table = "stimuli.tsv" } == all[0])
  }

  @Test("Words for orders of stimuli are read and written alike, and others are refused")
  func exchanges() {
    typealias Exchange = DependenceSettings.Exchange
    for (word, exchange) in [
      ("whole:run", Exchange.whole("run")), ("within:a:b", .within("a:b")), ("shift", .shift),
    ] {
      #expect(Exchange(rawValue: word) == exchange && exchange.rawValue == word)
    }
    for word in ["", "whole", "whole:", "within:", "shift:run", "shift:", "free", ":run"] {
      #expect(Exchange(rawValue: word) == nil, "\(word)")
    }
    var settings = DependenceSettings()
    #expect(settings.usedExchange == nil && settings.columns.isEmpty)
    settings.folds = .contiguous
    #expect(settings.usedExchange == .shift)
    settings.groups = "run"
    #expect(settings.usedExchange == .whole("run") && settings.columns.map(\.name) == ["run"])
    settings.exchange = .within("day")
    #expect(settings.usedExchange == .within("day"))
    #expect(settings.columns.map(\.name) == ["run", "day"])
  }

  @Test("What is written is read back")
  func roundTrip() throws {
    for (key, change) in Self.changes {
      var settings = AlignmentSettings()
      change(&settings)
      let data = Data(try JSONFile.text(settings).utf8)
      #expect(
        try JSONDecoder().decode(AlignmentSettings.self, from: data) == settings, "\(key)")
    }
  }

  @Test("A result tells of HOT and its controls in order, and of no paths")
  func recorded() {
    var settings = AlignmentSettings(source: "brain", target: "model")
    settings.controls = [.ridge, .permP]
    settings.splitsFile = "splits.tsv"
    let recorded = settings.recorded
    #expect(recorded.controls == [.hot, .permP, .ridge])
    #expect(recorded.source == "" && recorded.target == "" && recorded.trainingFraction == nil)
  }
}
