internal import ChiasmAlignment
internal import Foundation

extension AlignmentResult {
  /// Which outer problem was solved in each split; nil for the balanced one in all.
  var outerLine: String? {
    guard splits.contains(where: { $0.fit.outerPath != nil }) else { return nil }
    let problems = splits.map(\.fit.outer.text)
    let counted = Set(problems).sorted().map { problem in
      "\(problem) in \(problems.count { $0 == problem }) of \(problems.count) splits"
    }
    return "Outer problem: \(counted.joined(separator: ", "))."
  }
}

extension OuterProblem {
  /// The problem in a few words.
  var text: String {
    switch self {
    case .balanced: "balanced"
    case .unbalanced(let penalty): String(format: "penalty %g", penalty)
    case .partial(let mass): String(format: "mass %g", mass)
    }
  }
}
