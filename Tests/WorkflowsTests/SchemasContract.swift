import ChiasmAlignment
import ChiasmFiles
import ChiasmResponses
import Foundation
import TestSupport
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Schemas of results")
struct SchemasContract {
  private static func file(_ path: String) throws -> JSON {
    try JSON(Data(contentsOf: SharedData.packageRoot.appending(path: path)))
  }

  /// The schema of `alignment` or `comparison`.
  private static func schema(_ name: String) throws -> Schema {
    Schema(try file("Schemas/\(name).schema.json"))
  }

  /// Keys that the first results had, of `name`, a path a line; with a question mark where they
  /// stood only in some.
  private static func firstKeys(_ name: String) throws -> [String] {
    try String(
      contentsOf: SharedData.packageRoot.appending(
        path: "Tests/ResultsTests/Reference/\(name)_keys_1.txt"), encoding: .utf8
    ).split(separator: "\n").map(String.init)
  }

  @Test(
    "A schema finds what is wrong",
    arguments: [
      (#"{"a": 1, "b": {"x": "one"}}"#, "no key c"),
      (#"{"a": "1", "b": {}, "c": []}"#, ".a: no"), (#"{"a": 1.5, "b": {}, "c": []}"#, ".a: no"),
      (#"{"a": 1, "b": {"x": "three"}, "c": []}"#, ".b.x"),
      (#"{"a": 1, "b": {}, "c": [0.5, null, true]}"#, ".c[2]: no"),
      (#"{"a": -1, "b": {}, "c": []}"#, "less than"), (#"{"a": 3, "b": {}, "c": []}"#, "more than"),
      (#"{"a": null, "b": {}, "c": []}"#, ".a: no"), (#"{"a": 1, "b": [], "c": []}"#, ".b: no"),
      ("[]", ": no"),
    ])
  func wrong(_ text: String, _ fault: String) throws {
    let schema = Schema(try JSON(Data(Self.small.utf8)))
    let faults = schema.faults(of: try JSON(Data(text.utf8)))
    #expect(faults.count == 1 && faults[0].contains(fault), "\(faults)")
  }

  private static let small = """
    {"type": "object", "required": ["a", "b", "c"], "properties": {
      "a": {"type": "integer", "minimum": 0, "maximum": 2}, "b": {"$ref": "#/$defs/choices"},
      "c": {"type": "array", "items": {"type": ["number", "null"]}}},
     "$defs": {"choices": {"type": "object", "additionalProperties": {"enum": ["one", "two"]}}}}
    """

  @Test("A schema passes what is right and further keys, and names those where it is closed")
  func right() throws {
    let schema = Schema(try JSON(Data(Self.small.utf8)))
    let value = try JSON(
      Data(#"{"a": 1, "b": {"x": "one", "y": "two"}, "c": [1, null], "d": {}}"#.utf8))
    #expect(schema.faults(of: value).isEmpty)
    #expect(schema.faults(of: value, isClosed: true).count == 1)
    let unheard = try JSON(Data(#"{"type": "object", "pattern": "a"}"#.utf8))
    #expect(!Schema(unheard).faults(of: value).isEmpty)
  }

  /// Expects a result to be what its schema says, without a key that it does not name, and with all
  /// the keys of the first results but those that had to be asked for; of these it returns the missing.
  @discardableResult
  private func expect(
    _ path: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Set<String> {
    let value = try JSON(Data(contentsOf: URL(filePath: path)))
    let name = path.hasSuffix("comparison.json") ? "comparison" : "alignment"
    let faults = try Self.schema(name).faults(of: value, isClosed: true)
    #expect(faults.isEmpty, "\(faults.prefix(10))", sourceLocation: sourceLocation)
    var missing: Set<String> = []
    for key in try Self.firstKeys(name) {
      let steps = key.replacing("?", with: "").replacing("[]", with: ".[]").split(separator: ".")
      let holders = Self.values(steps.dropLast().map(String.init), in: value)
      let count = holders.count { $0[String(steps[steps.count - 1])] != nil }
      #expect(
        key.hasSuffix("?") || count == holders.count, "\(key)", sourceLocation: sourceLocation)
      if count == 0 { missing.insert(key) }
    }
    return missing
  }

  /// The values that a path leads to; `[]` stands for every item and `*` for every key.
  private static func values(_ steps: [String], in value: JSON) -> [JSON] {
    steps.reduce([value]) { values, step in
      values.flatMap { value -> [JSON] in
        switch step {
        case "[]": value.list
        case "*": Array(value.object.values)
        default: [value[step]].compactMap(\.self)
        }
      }
    }
  }

  @Test("Every alignment is what the schema says, with the keys of the first")
  func alignments() async throws {
    try await withResponses { folder in
      try await folder.align(folder.smallSettings())
      try expect(folder.path("out/alignment.json"))
      let changes: [(inout AlignmentSettings) -> Void] = [
        { $0.splitCount = 1 },
        { $0.naming = StimulusNaming(match: .basename) },
        { ($0.solver, $0.maximumUnits) = (.sinkhorn, 2) },
        {
          $0.outer.kind = .partial; $0.outer.mass = 0.5; $0.innerMass = .fixed(0.7)
        },
        {
          $0.outer.kind = .unbalanced; $0.outer.penalty = 0.1; $0.outer.stageWeights = .units
        },
        {
          $0.sourceStages = ["V1"]; $0.targetStages = ["c", "a"]; $0.permutationCount = 2
        },
        {
          $0.splitsFile = folder.path("out/splits.tsv"); $0.layerPermutationCount = 0
        },
        {
          $0.scoreDrawCount = 0; $0.controls = []
        },
        { $0.target = $0.source },
        {
          var dependence = DependenceSettings()
          (dependence.folds, dependence.gap) = (.contiguous, 1)
          ($0.dependence, $0.permutationCount) = (dependence, 2)
        },
        {
          var dependence = DependenceSettings()
          (dependence.groups, dependence.exchange) = ("turn", .within("turn"))
          ($0.dependence, $0.permutationCount) = (dependence, 2)
        },
      ]
      for (number, change) in changes.enumerated() {
        var settings = try folder.smallSettings()
        (settings.layerPermutationCount, settings.scoreDrawCount) = (20, 20)
        settings.controlDrawCount = 5
        change(&settings)
        try folder.columns("brain", ["turn": { $0 % 5 }])
        try await folder.align(settings, to: "out\(number)")
        try expect(folder.path("out\(number)/alignment.json"))
      }
    }
  }

  @Test("Alignments with all that can be asked for have every key of the first")
  func whole() async throws {
    try await withResponses { folder in
      var missing: [Set<String>] = []
      for kind in WholeKind.allCases {
        try await folder.align(folder.wholeSettings(kind, targetCeilings: true), to: "\(kind)")
        missing.append(try expect(folder.path("\(kind)/alignment.json")))
      }
      #expect(missing[0].intersection(missing[1]).isEmpty)
    }
  }

  @Test("Every comparison is what the schema says, with the keys of the first")
  func comparisons() async throws {
    try await withResponses { folder in
      var settings = try folder.comparison(["rsa", "procrustes"])
      try await folder.compare(settings)
      try expect(folder.path("compared/comparison.json"))
      (settings.permutationCount, settings.bootstrapCount, settings.maximumUnits) = (3, 20, 2)
      settings.naming = StimulusNaming(match: .stem)
      try await folder.compare(settings, to: "drawn")
      #expect(try expect(folder.path("drawn/comparison.json")).isEmpty)
      try folder.columns("brain", ["turn": { $0 % 5 }])
      settings.dependence = DependenceSettings()
      settings.dependence?.groups = "turn"
      try await folder.compare(settings, to: "grouped")
      try expect(folder.path("grouped/comparison.json"))
    }
  }
}
