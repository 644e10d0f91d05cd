internal import ChiasmReporting
internal import ChiasmResults

extension DependenceSettings.Exchange {
  /// The orders of the target's stimuli that permutations take, in words.
  var orders: String {
    switch self {
    case .whole(let column): "orders of the target's stimuli by whole groups (\(column))"
    case .within(let column): "orders of the target's stimuli within groups (\(column))"
    case .shift: "circular shifts of the target's stimuli along their order"
    }
  }
}

extension DependenceSettings? {
  /// The orders of the target's stimuli that permutations take, in words.
  var orders: String {
    self?.usedExchange.map { "random " + $0.orders } ?? "random orders of the target's stimuli"
  }

  /// ` in whole groups (category)`, of stimuli that are drawn for intervals; nothing without groups.
  var drawing: String { self?.groups.map { " in whole groups (\($0))" } ?? "" }

  /// What permuted stimuli and intervals take for granted, in a sentence or two.
  var assumption: String {
    guard let self, let exchange = self.usedExchange else {
      return
        "Permuted stimuli and intervals take the stimuli for independent of each other. Stimuli of a few "
        + "categories, frames of a film, or offsets between sessions break that: p is far too small and "
        + "intervals are far too narrow (for 6 categories p was at most .05 in all of the unrelated data sets "
        + "of a simulation). Then say what belongs together: chiasm align --groups, --folds and --exchange."
    }
    let permuted =
      switch exchange {
      case .whole(let column):
        "Permuted stimuli take whole groups (\(column)) for independent of each other and alike."
      case .within(let column):
        "Permuted stimuli take those of a group (\(column)) for independent of each other, and ask nothing "
          + "about what differs between groups."
      case .shift:
        "Circular shifts take the responses for a series that stays the same in kind from its start to its "
          + "end, and much longer than what lasts from one stimulus to the next."
      }
    return permuted
      + (self.groups.map {
        " Intervals draw whole groups (\($0)), and are too narrow for fewer than \(StimulusDependence.fewGroups)."
      }
        ?? " Intervals take the stimuli for independent of each other, and are too narrow where they are not; "
        + "--groups draws whole groups.")
  }
}

extension AlignmentResult {
  /// `5 random splits that leave whole groups out (6 groups by category), training on 80 and holding out 20
  /// of 100 stimuli`.
  var splitSentence: String {
    let settings = settings.dependence
    let kind =
      switch (settings?.folds, self.settings.splitsFile) {
      case (.contiguous, _): "contiguous fold"
      case (.random, _): "random fold"
      case (nil, .some): "split"
      case (nil, nil): "random split"
      }
    let given = self.settings.splitsFile == nil ? "" : " given beforehand"
    let groups = settings?.groups.map { column in
      " that leave whole groups out (\(dependence?.groups ?? 0) by \(column))"
    }
    let gap = settings?.gap.map { gap in
      gap == 0
        ? ""
        : ", without the \(ReportText.count(gap, "stimulus")) next to held-out ones on either side"
    }
    return ReportText.count(splits.count, kind) + given + (groups ?? "") + ", training on "
      + Self.range(splits.values.map(\.training_stimuli)) + " and holding out "
      + Self.range(splits.values.map(\.heldout_stimuli))
      + " of \(ReportText.count(common_stimuli, "stimulus"))" + (gap ?? "")
  }

  /// `80`, or `78 to 82`.
  private static func range(_ counts: [Int]) -> String {
    let (least, most) = (counts.min() ?? 0, counts.max() ?? 0)
    return ReportText.grouped(least) + (least == most ? "" : " to " + ReportText.grouped(most))
  }
}
