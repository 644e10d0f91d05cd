internal import Statistics

/// The stimuli of a recording that were shown more than once.
struct RepeatedStimuli: Equatable, Sendable {
  /// For each, the rows that its showings go to: one where repeats are averaged.
  let rows: [[Int]]
  /// How often each was shown.
  let repeats: [Int]
  /// For each row of the matrices, the place of its stimulus in `rows`; nil if it was shown once.
  let placeOfRow: [Int?]

  /// With fewer the correlation of halves says too little to be written: at 10 its standard error
  /// is about a third.
  static let leastCount = 10

  init(_ stimuli: StimulusRows) {
    var order: [String] = []
    let rowsOfStimulus = stimuli.rows.indices.reduce(into: [String: [Int]]()) { result, row in
      let id = stimuli.rows[row].stimulusID
      if result[id] == nil { order.append(id) }
      result[id, default: []].append(row)
    }
    let all = order.map { rowsOfStimulus[$0] ?? [] }
    rows = all.filter { rows in rows.reduce(0) { $0 + stimuli.rows[$1].volumeCount } > 1 }
    repeats = rows.map { rows in rows.reduce(0) { $0 + stimuli.rows[$1].volumeCount } }
    var places = [Int?](repeating: nil, count: stimuli.rows.count)
    for (place, rows) in rows.enumerated() {
      for row in rows { places[row] = place }
    }
    placeOfRow = places
  }

  /// How many they are.
  var count: Int { rows.count }
  /// What their halves leave of the noise.
  var halves: NoiseCeiling.Halves { NoiseCeiling.Halves(repeats: repeats) }
}
