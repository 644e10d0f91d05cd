internal import ChiasmStatistics

/// The stimuli of a recording whose repeats make two halves with noise of their own.
///
/// Volumes of one block of the recording share noise: that of the session, of the run, and, where they
/// are neighbours, the same haemodynamic response. All volumes of a stimulus in one block therefore go to
/// one half. Blocks are sessions where the stimulus is shown in several, else runs; its 1st, 3rd, 5th …
/// block make the odd half, the others the even one. A stimulus that is shown in a single block has no
/// halves. Nothing is drawn at random, and a drift over the recording is in both halves alike.
struct RepeatedStimuli: Equatable, Sendable {
  /// For each, the rows that its showings go to: one where repeats are averaged.
  let rows: [[Int]]
  /// How many volumes the odd half of each has.
  let oddCounts: [Int]
  /// How many volumes the even half of each has.
  let evenCounts: [Int]
  /// For each session and volume, the place in `rows` of the stimulus whose odd half it belongs to.
  let oddPlaces: [[Int?]]
  /// How many of them have halves across sessions; those of the others are across runs.
  let acrossSessions: Int
  /// Stimuli with several volumes, all in one block, which are not in `rows`.
  let withinOneBlock: Int
  /// Whether the volumes of each of those are neighbours.
  let areNeighbours: Bool

  /// With fewer the correlation of halves says too little to be written: at 10 its standard error
  /// is about a third.
  static let leastCount = 10

  init(_ trials: TrialTable, _ stimuli: StimulusRows) {
    let (order, showings) = Self.showings(trials, stimuli)
    var rows: [[Int]] = []
    var counts: (odd: [Int], even: [Int]) = ([], [])
    var places = trials.sessions.map { [Int?](repeating: nil, count: $0.stimulusIDs.count) }
    var (acrossSessions, withinOneBlock, areNeighbours) = (0, 0, true)
    for id in order {
      let shown = showings[id] ?? []
      guard shown.count > 1 else { continue }
      let hasSessions = Set(shown.map(\.session)).count > 1
      let blocks = hasSessions ? shown.map(\.session) : shown.map(\.run)
      guard Set(blocks).count > 1 else {
        withinOneBlock += 1
        areNeighbours =
          areNeighbours && zip(shown, shown.dropFirst()).allSatisfy { $0.precedes($1) }
        continue
      }
      let odd = zip(shown, Self.areOdd(blocks)).filter(\.1).map(\.0)
      for showing in odd { places[showing.session][showing.volume] = rows.count }
      rows.append(Array(Set(shown.map(\.row))).sorted())
      counts.odd.append(odd.count)
      counts.even.append(shown.count - odd.count)
      if hasSessions { acrossSessions += 1 }
    }
    self.rows = rows
    (oddCounts, evenCounts) = counts
    oddPlaces = places
    self.acrossSessions = acrossSessions
    self.withinOneBlock = withinOneBlock
    self.areNeighbours = areNeighbours
  }

  /// How many they are.
  var count: Int { rows.count }
  /// How many of them have halves across the runs of one session.
  var acrossRuns: Int { count - acrossSessions }
  /// What their halves leave of the noise.
  var halves: NoiseCeiling.Halves { NoiseCeiling.Halves(odd: oddCounts, even: evenCounts) }
}

extension RepeatedStimuli {
  /// One volume that shows a stimulus.
  private struct Showing {
    let session: Int
    let run: Int
    let volume: Int
    let row: Int

    func precedes(_ other: Showing) -> Bool {
      session == other.session && volume + 1 == other.volume
    }
  }

  /// The volumes of each stimulus, and the stimuli in the order of their first volume.
  private static func showings(
    _ trials: TrialTable, _ stimuli: StimulusRows
  ) -> (order: [String], showings: [String: [Showing]]) {
    var order: [String] = []
    var showings: [String: [Showing]] = [:]
    for (number, session) in trials.sessions.enumerated() {
      for (volume, id) in session.stimulusIDs.enumerated() {
        guard let id, let row = stimuli.rowOfVolume[number][volume] else { continue }
        if showings[id] == nil { order.append(id) }
        showings[id, default: []].append(
          Showing(session: number, run: session.runs[volume], volume: volume, row: row))
      }
    }
    return (order, showings)
  }

  /// Whether each block is the 1st, 3rd, 5th … different one.
  private static func areOdd(_ blocks: [Int]) -> [Bool] {
    var place: [Int: Int] = [:]
    return blocks.map { block in
      let own = place[block] ?? place.count
      place[block] = own
      return own % 2 == 0
    }
  }
}

/// Which row of the response matrices every volume of a recording goes to.
struct StimulusRows: Equatable, Sendable {
  /// One row of the result.
  struct Row: Equatable, Sendable {
    let stimulusID: String
    /// The name of the session and the trial in it, from 1, of the row's first volume.
    let session: String
    let trial: Int
    /// Which showing of the stimulus this is, from 1.
    let repetition: Int
    /// How many volumes are averaged in it.
    var volumeCount: Int
  }

  let rows: [Row]
  /// For each session and each volume of it, its row; nil for a volume without stimulus.
  let rowOfVolume: [[Int?]]

  /// Rows come in the order in which stimuli are first shown.
  init(_ trials: TrialTable, repeats: ExtractionSettings.Repeats) {
    var rows: [Row] = []
    var firstRow: [String: Int] = [:]
    var showings: [String: Int] = [:]
    rowOfVolume = trials.sessions.map { session in
      session.stimulusIDs.enumerated().map { volume, id in
        guard let id else { return nil }
        showings[id, default: 0] += 1
        if repeats == .average, let row = firstRow[id] {
          rows[row].volumeCount += 1
          return row
        }
        firstRow[id] = rows.count
        rows.append(
          Row(
            stimulusID: id, session: session.name, trial: volume + 1,
            repetition: showings[id] ?? 1, volumeCount: 1))
        return rows.count - 1
      }
    }
    self.rows = rows
  }

  /// The volumes that have no stimulus.
  var unusedVolumeCount: Int { rowOfVolume.joined().count { $0 == nil } }
}
