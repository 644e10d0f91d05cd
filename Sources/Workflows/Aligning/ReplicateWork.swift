internal import ChiasmResults
internal import ChiasmAlignment
internal import ChiasmFiles

/// The replicates that an alignment asks for, kept in a journal as they are done.
struct ReplicateWork {
  /// Permutations, then bootstrap samples, then what these need for their intervals.
  let list: [Replicate]
  private let fits: ReplicateFits
  private let journal: Journal?
  private let known: [Replicate: [Double]]

  /// Takes up what a journal at `path` already holds.
  ///
  /// - Throws: `cannotWrite` for a journal of another owner, or one that cannot be written.
  init(
    _ fits: ReplicateFits, _ settings: AlignmentSettings, journal path: String?, owner: String
  ) throws(ArrayFileError) {
    self.fits = fits
    list = fits.replicates(
      permutations: settings.permutationCount, bootstraps: settings.bootstrapCount)
    var (journal, known): (Journal?, [Replicate: [Double]]) = (nil, [:])
    if let path, !list.isEmpty {
      let opened = try Journal(path: path, owner: owner)
      for line in opened.lines {
        if let (replicate, values) = Self.parse(line) { known[replicate] = values }
      }
      journal = opened
    }
    (self.journal, self.known) = (journal, known)
  }

  /// The values of every replicate in order; those that are not known yet are computed.
  func values(
    threads: Int, progress: (AlignmentRun.ReplicateProgress) -> Void
  ) async throws -> [[Double]] {
    let missing = list.filter { known[$0] == nil }
    var tally = Tally(list)
    for replicate in list where known[replicate] != nil { tally.add(replicate) }
    let doneBefore = tally.done
    func report() {
      progress(
        .init(done: tally.done, doneBefore: doneBefore, count: list.count, words: tally.words))
    }
    if doneBefore > 0 { report() }
    let values = try await fits.values(of: missing, threads: threads) { replicate, values in
      try journal?.append(Self.line(replicate, values))
      tally.add(replicate)
      report()
    }
    let all = known.merging(zip(missing, values)) { $1 }
    return list.compactMap { all[$0] }
  }

  /// How many replicates of each kind are done. The kinds are worked on one after the other.
  struct Tally {
    private var kinds: [(name: String, done: Int, count: Int)] = [
      ("permutations", 0, 0), ("bootstrap samples", 0, 0),
      ("groups left out for intervals", 0, 0),
    ]
    var done: Int { kinds.reduce(0) { $0 + $1.done } }

    init(_ replicates: [Replicate]) {
      for replicate in replicates { kinds[Self.kind(replicate)].count += 1 }
    }

    mutating func add(_ replicate: Replicate) { kinds[Self.kind(replicate)].done += 1 }

    /// Of the first kind that is not done, or the last there is.
    var words: String {
      let asked = kinds.filter { $0.count > 0 }
      return (asked.first { $0.done < $0.count } ?? asked.last)
        .map { "\($0.done) of \($0.count) \($0.name)" } ?? ""
    }

    private static func kind(_ replicate: Replicate) -> Int {
      switch replicate {
      case .permutation: 0
      case .bootstrap: 1
      case .jackknife: 2
      }
    }
  }

  /// The kind and number of a replicate, and the shortest digits that give its values back.
  private static func line(_ replicate: Replicate, _ values: [Double]) -> String {
    let (kind, number) =
      switch replicate {
      case .permutation(let number): ("permutation", number)
      case .bootstrap(let number): ("bootstrap", number)
      case .jackknife(let number): ("jackknife", number)
      }
    return ([kind, "\(number)"] + values.map(\.description)).joined(separator: " ")
  }

  private static func parse(_ line: String) -> (Replicate, [Double])? {
    let words = line.split(separator: " ")
    guard words.count > 2, let number = Int(words[1]) else { return nil }
    let values = words.dropFirst(2).compactMap { Double($0) }
    guard values.count == words.count - 2 else { return nil }
    switch words[0] {
    case "permutation": return (.permutation(number), values)
    case "bootstrap": return (.bootstrap(number), values)
    case "jackknife": return (.jackknife(number), values)
    default: return nil
    }
  }
}
