internal import Alignment
internal import ArrayFiles
internal import Statistics

extension AlignmentTables {
  /// `scores`: a row for each method, source stage and split; `mean` stands for the mean over stages
  /// or over splits. Methods that draw at random also have the spread of their draws and the rank of
  /// HOT among them.
  var scores: Table {
    let hot = columns(of: "hot")
    let rows = result.methodNames.flatMap { method in
      zip(columns(of: method), hot).flatMap { own, hot in
        zip(own.scores, hot.scores).enumerated().map { place, pair in
          let draws = DrawRecord(pair.0.draws, hot: pair.1.value)
          return [
            method, stageNames[place], own.split, delimiter.text(pair.0.value),
            delimiter.text(draws?.sd ?? .nan), delimiter.text(draws?.rank_of_hot ?? .nan),
          ]
        }
      }
    }
    return Table(
      columns: ["method", "source_stage", "split", "score", "draw_sd", "rank_of_hot"],
      rows: rows)
  }

  /// A score and what its draws are, one unless the method draws at random.
  private typealias Entry = (value: Double, draws: [Double])

  private var stageNames: [String] { result.sourceNames + ["mean"] }

  /// For each split and then for their mean: the entry of every stage, then of the mean over stages.
  private func columns(of method: String) -> [(split: String, scores: [Entry])] {
    let splits = result.scores(of: method)
    let names = result.splits.map(\.fit.split.name) + ["mean"]
    return zip(names, splits + [MethodScore(meanOver: splits)]).map { name, score in
      let stages = score.stageScores.enumerated().map { stage, value in
        (value: value, draws: score.draws.map { $0[stage] })
      }
      return (name, stages + [(value: score.score, draws: score.drawScores)])
    }
  }
}

extension AlignmentResult {
  /// The scores of one method, a value a split.
  func scores(of method: String) -> [MethodScore] {
    splits.compactMap { split in split.scores.first { $0.method == method } }
  }
}
