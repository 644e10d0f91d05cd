internal import ChiasmFiles
internal import ChiasmLinearAlgebra
internal import ChiasmResponses
internal import ChiasmResults
internal import ChiasmStatistics

/// A replicate whose values a journal keeps.
protocol JournaledReplicate: Hashable, Sendable {
  /// The kind and the number, two words that no other replicate of the work has.
  var key: String { get }
}

/// The replicates that a work asks for, kept in a journal as they are done.
struct ReplicateWork<Replicate: JournaledReplicate> {
  /// All that are asked for, in the order of the result.
  let list: [Replicate]
  private let journal: Journal?
  private var known: [Replicate: [Double]] = [:]

  /// Takes up what a journal at `path` already holds.
  ///
  /// - Parameters:
  ///   - valueCount: how many values each replicate has.
  ///   - owner: what tells this work from others (`owner(of:)`).
  /// - Throws: `cannotWrite` for a journal of another owner, or one that cannot be written; `malformed`
  ///   for one with a line that is no replicate.
  init(
    _ list: [Replicate], valueCount: Int, journal path: String?, owner: String
  ) throws(ArrayFileError) {
    self.list = list
    guard let path, !list.isEmpty else {
      journal = nil
      return
    }
    let journal = try Journal(path: path, owner: owner)
    self.journal = journal
    let replicates = Dictionary(list.map { ($0.key, $0) }) { first, _ in first }
    for (number, line) in zip(2..., journal.lines) {
      let words = line.split(separator: " ")
      let values = words.dropFirst(2).compactMap { Double($0) }
      guard values.count == valueCount, words.count == 2 + valueCount else {
        throw .malformed(
          path: path,
          problem:
            "line \(number) is no replicate with \(valueCount) values; remove the file and begin anew"
        )
      }
      if let replicate = replicates[words.prefix(2).joined(separator: " ")] {
        known[replicate] = values
      }
    }
  }

  /// The first line of a journal: what the value of a replicate depends on.
  ///
  /// - Parameter name: the kind of work and a number, which is raised when a value comes to mean
  ///   something else by the same name.
  static func owner(of name: String, _ parts: [String]) -> String {
    let print = fingerprint(parts.joined(separator: "\u{0}").utf8)
    return "\(Software.name) \(Software.version) \(name) \(String(print, radix: 16))"
  }

  /// Whether the values of a replicate are there.
  func isKnown(_ replicate: Replicate) -> Bool { known[replicate] != nil }

  /// The values of every replicate in order; of those that are known.
  var values: [[Double]] { list.compactMap { known[$0] } }

  /// Computes those of some replicates that are not known yet.
  ///
  /// - Parameter compute: gives the values of the replicates that it is told, in their order, and
  ///   tells of each as it is done, one at a time.
  mutating func carryOut(
    _ replicates: [Replicate],
    by compute: (
      _ missing: [Replicate], _ done: (Replicate, [Double]) throws -> Void
    ) async throws -> [[Double]]
  ) async throws {
    let missing = replicates.filter { known[$0] == nil }
    guard !missing.isEmpty else { return }
    let values = try await compute(missing) { replicate, values in
      // The shortest digits that give the values back.
      let line = [replicate.key] + values.map(\.description)
      try journal?.append(line.joined(separator: " "))
    }
    known.merge(zip(missing, values)) { $1 }
  }
}

extension ComparedSystem {
  /// What tells other stimuli, stages or values from these, where no digest of a file does.
  var prints: [String] {
    switch self {
    case .responses(let set): set.prints
    case .dissimilarities(let set):
      set.stimulusIDs
        + set.stages.flatMap { stage in
          let bytes = stage.matrix.elements.lazy.flatMap { value in
            (0..<8).lazy.map { UInt8(truncatingIfNeeded: value.bitPattern >> ($0 * 8)) }
          }
          return [stage.name, String(fingerprint(bytes), radix: 16)]
        }
    }
  }
}

extension ResponseSet {
  /// What tells other stimuli, stages or responses from these, where no digest of a file does.
  var prints: [String] {
    stimulusIDs
      + stages.flatMap { stage in
        let bytes = stage.responses.elements.lazy.flatMap { response in
          (0..<4).lazy.map { UInt8(truncatingIfNeeded: response.bitPattern >> ($0 * 8)) }
        }
        return [
          stage.name, "\(stage.unitNumbers)", "\(stage.fileUnitCount)",
          String(fingerprint(bytes), radix: 16),
          "\(stage.scale?.offsets ?? []) \(stage.scale?.exponents ?? [])",
        ]
      }
  }
}
