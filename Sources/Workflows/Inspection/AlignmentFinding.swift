internal import ChiasmFiles
internal import Foundation

/// A finished alignment.
struct AlignmentFinding: Finding {
  static let fileName = "alignment.json"

  /// How the known target stages fared.
  struct Known: Encodable, Equatable {
    /// The known target of each source stage that has one.
    let targets: [String: String]
    /// How many of them have their least cost there.
    let least_cost_there: Int
    /// How many of them have their greatest share there.
    let greatest_share_there: Int
  }

  let path: String
  let record: AlignmentRecord
  /// For each source stage, the target stage of least mean cost; nil where no cost is defined.
  let leastCostTargets: [String?]
  /// Nil where none were given.
  let known: Known?

  init(path: String, known: String?) throws {
    self.path = path
    let record = try AlignmentRecord.read(path)
    self.record = record
    leastCostTargets = record.leastCostTargets
    self.known = try known.map { try Self.known(KnownTargets(path: $0), $0, record) }
  }

  private static func known(
    _ known: KnownTargets, _ path: String, _ record: AlignmentRecord
  ) throws -> Known {
    let targets = known.targets.filter { record.source.stages.contains($0.key) }
    guard !targets.isEmpty else {
      throw WorkflowError.unrecognised(
        path: path,
        reason: "names none of the source stages \(record.source.stages.joined(separator: ", "))")
    }
    func hits(_ found: [String?]) -> Int {
      zip(record.source.stages, found).count { $1 != nil && targets[$0] == $1 }
    }
    return Known(
      targets: targets, least_cost_there: hits(record.leastCostTargets),
      greatest_share_there: hits(record.coupling.best_layer))
  }
}

extension AlignmentFinding {
  enum Key: String, CodingKey {
    case known
    case places
    case leastCostLayer = "least_cost_layer"
  }

  /// The keys of `alignment.json`, and what was found on top.
  func encode(to encoder: any Encoder) throws {
    try record.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(leastCostTargets, forKey: .leastCostLayer)
    try container.encode(record.places, forKey: .places)
    try container.encodeIfPresent(known, forKey: .known)
  }
}
