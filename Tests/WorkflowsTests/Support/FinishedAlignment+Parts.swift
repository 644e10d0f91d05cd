import ChiasmAlignment
import ChiasmResults

@testable import ChiasmWorkflows

extension FinishedAlignment {
  /// What the fits say together, before it is a result.
  var fitted: CouplingSummary { CouplingSummary(splits.map(\.fit)) }
  var sourceNames: [String] { result.source.stages }
  var targetNames: [String] { result.target.stages }

  /// The scores of one method, a value a split.
  func scores(of method: String) -> [MethodScore] {
    splits.compactMap { split in split.scores.first { $0.method == method } }
  }

  /// What is said to the user, in one text.
  var said: String { messages.joined(separator: "\n") }
}
