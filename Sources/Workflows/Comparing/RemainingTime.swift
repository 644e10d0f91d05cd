/// How long the rest of some work takes, judged by how long the work of each kind took so far: kinds
/// may differ a thousandfold.
struct RemainingTime<Kind: Hashable> {
  private struct Tally {
    var left = 0
    var measured = 0
    /// Of the latest sixteen or so: the load of a machine changes.
    var mean = 0.0
  }
  private var tallies: [Kind: Tally] = [:]

  /// Adds work that is to be done, so many times.
  mutating func expect(_ kind: Kind, count: Int = 1) {
    tallies[kind, default: Tally()].left += count
  }

  /// Takes notice of one that is done, and how long it kept a thread.
  mutating func take(_ kind: Kind, _ duration: Duration) {
    let parts = duration.components
    let seconds = Double(parts.seconds) + Double(parts.attoseconds) * 1e-18
    var tally = tallies[kind, default: Tally()]
    tally.left -= 1
    tally.measured += 1
    tally.mean += (seconds - tally.mean) * max(1 / Double(tally.measured), 1 / 16)
    tallies[kind] = tally
  }

  /// The seconds that so many threads still need; nil while a kind that is left has none that is done,
  /// and where no work was expected.
  func seconds(threads: Int) -> Double? {
    guard !tallies.isEmpty else { return nil }
    var seconds = 0.0
    for tally in tallies.values where tally.left > 0 {
      guard tally.measured > 0 else { return nil }
      seconds += max(1, Double(tally.left) / Double(threads)) * tally.mean
    }
    return seconds
  }
}
