internal import ChiasmAlignment

extension Replicate: JournaledReplicate {
  var key: String {
    switch self {
    case .permutation(let number): "permutation \(number)"
    case .bootstrap(let number): "bootstrap \(number)"
    case .jackknife(let number): "jackknife \(number)"
    }
  }
}

/// How many replicates of each kind are done. The kinds are worked on one after the other.
struct ReplicateTally {
  private var kinds: [(name: String, done: Int, count: Int)] = [
    ("permutations", 0, 0), ("bootstrap samples", 0, 0),
    ("groups left out for intervals", 0, 0),
  ]
  var done: Int { kinds.reduce(0) { $0 + $1.done } }

  init(_ work: ReplicateWork<Replicate>) {
    for replicate in work.list {
      kinds[Self.kind(replicate)].count += 1
      if work.isKnown(replicate) { add(replicate) }
    }
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
