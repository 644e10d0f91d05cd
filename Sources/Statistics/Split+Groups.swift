extension Split {
  /// Random splits `split_1` … that leave whole groups of stimuli out, no two of which are the same.
  ///
  /// With G groups each puts ⌊G · `trainingFraction` + ½⌋ of them in training, but at least one on either
  /// side, and as many more are held out as it takes for `leastHeldOut` stimuli. They are drawn without
  /// replacement from stream k of the seed, anew where split k would repeat an earlier one, so that split
  /// k does not depend on how many there are. Fewer splits than `count` where no other is found.
  public static func random(
    count: Int, leavingOut groups: Grouping, trainingFraction: Double, seed: UInt64,
    leastHeldOut: Int = 0
  ) -> [Split] {
    let wanted = Int((Double(groups.count) * trainingFraction).rounded())
    let trainingCount = max(1, min(wanted, groups.count - 1))
    var splits: [Split] = []
    for number in (1...max(count, 1)).prefix(count) {
      var generator = SeededGenerator(seed: seed, stream: UInt64(number))
      let new = (0..<1000).lazy.map { _ in
        let order = generator.permutation(of: groups.count)
        var place = trainingCount
        var heldOut = order[place...].flatMap { groups.members[$0] }
        while heldOut.count < leastHeldOut && place > 1 {
          place -= 1
          heldOut += groups.members[order[place]]
        }
        return Split(
          name: "split_\(number)", training: order[..<place].flatMap { groups.members[$0] },
          heldOut: heldOut)
      }.first { split in splits.allSatisfy { $0.heldOut != split.heldOut } }
      guard let new else { break }
      splits.append(new)
    }
    return splits
  }

  /// Folds `fold_1` … of whole groups, each held out once and trained on in all other folds.
  ///
  /// Groups are dealt in random order, the larger ones first, each to the fold with the fewest stimuli, so
  /// that folds are of nearly equal size. Traps for more folds than groups.
  public static func randomFolds(_ count: Int, of groups: Grouping, seed: UInt64) -> [Split] {
    precondition((1...groups.count).contains(count), "Every fold holds out a group.")
    var generator = SeededGenerator(seed: seed, stream: fingerprint("folds".utf8))
    let order = generator.permutation(of: groups.count).enumerated().sorted {
      let sizes = (groups.members[$0.element].count, groups.members[$1.element].count)
      return (sizes.1, $0.offset) < (sizes.0, $1.offset)
    }
    var heldOut = [[Int]](repeating: [], count: count)
    for (_, group) in order {
      let least = heldOut.indices.min { heldOut[$0].count < heldOut[$1].count }
      heldOut[least ?? 0] += groups.members[group]
    }
    return folds(heldOut, of: groups)
  }

  /// Folds `fold_1` … that are stretches along the order of the stimuli: the groups in the order of first
  /// appearance, cut where the stimuli before come nearest to k / `count` of all.
  ///
  /// Each holds out one group at least, and every group once. Traps for more folds than groups.
  public static func contiguousFolds(_ count: Int, of groups: Grouping) -> [Split] {
    precondition((1...groups.count).contains(count), "Every fold holds out a group.")
    let before = groups.members.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) }
    var cuts = [0]
    for fold in 1..<max(count, 1) {
      let allowed = (cuts[fold - 1] + 1)...(groups.count - (count - fold))
      func distance(_ cut: Int) -> Int { abs(before[cut] * count - groups.numbers.count * fold) }
      cuts.append(allowed.min { distance($0) < distance($1) } ?? allowed.lowerBound)
    }
    cuts.append(groups.count)
    return folds(
      (0..<count).map { fold in groups.members[cuts[fold]..<cuts[fold + 1]].flatMap { $0 } },
      of: groups)
  }

  private static func folds(_ heldOut: [[Int]], of groups: Grouping) -> [Split] {
    heldOut.enumerated().map { number, stimuli in
      let held = Set(stimuli)
      return Split(
        name: "fold_\(number + 1)",
        training: groups.numbers.indices.filter { !held.contains($0) }, heldOut: stimuli)
    }
  }

  /// The split without the training stimuli that are at most `width` places from a held-out one, so that
  /// what lasts from one stimulus to the next does not carry over. 0 leaves none out.
  public func leavingGap(_ width: Int) -> Split {
    let near = Set(heldOut.flatMap { ($0 - width)...($0 + width) })
    return Split(
      name: name, training: training.filter { !near.contains($0) }, heldOut: heldOut)
  }

  /// The same split of the groups that the stimuli belong to.
  public func ofGroups(_ groups: Grouping) -> Split {
    Split(
      name: name, training: groups.groups(of: training), heldOut: groups.groups(of: heldOut))
  }
}
