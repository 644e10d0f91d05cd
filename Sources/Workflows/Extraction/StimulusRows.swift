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
