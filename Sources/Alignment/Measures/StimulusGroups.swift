internal import ChiasmStatistics

/// Which positions of a sample show the same stimulus.
struct StimulusGroups: Sendable, Equatable {
  /// For each position, the number of its stimulus in the order of first appearance.
  let groups: [Int]
  /// The positions of each stimulus, ascending.
  let members: [[Int]]

  init(_ rows: [Int]) {
    var numbers: [Int: Int] = [:]
    var members: [[Int]] = []
    groups = rows.enumerated().map { position, row in
      let group = numbers[row, default: members.count]
      if group == members.count {
        numbers[row] = group
        members.append([])
      }
      members[group].append(position)
      return group
    }
    self.members = members
  }

  /// How often the stimulus of a position comes.
  func count(at position: Int) -> Int { members[groups[position]].count }

  /// All ordered pairs of different positions that show the same stimulus.
  var repeatedPairs: [(Int, Int)] {
    members.filter { $0.count > 1 }.flatMap { positions in
      positions.flatMap { one in positions.filter { $0 != one }.map { (one, $0) } }
    }
  }

  /// The positions in `count` folds of nearly equally many stimuli, in random order. All positions of
  /// a stimulus are in one fold. Samples that repeat equally at the same positions have equal folds.
  func folds(_ count: Int, seed: UInt64) -> [[Int]] {
    var generator = SeededGenerator(seed: seed)
    var folds = [[Int]](repeating: [], count: count)
    for (place, group) in generator.permutation(of: members.count).enumerated() {
      folds[place % count] += members[group]
    }
    return folds.map { $0.sorted() }
  }
}
