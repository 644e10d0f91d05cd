internal import ChiasmAlignment
internal import ChiasmFiles
internal import ChiasmStatistics

extension AlignmentTables {
  /// `scores`: a row for each method, source stage and split; `mean` stands for the mean over stages
  /// or over splits. `normalized` is empty unless ceilings were asked for. Methods that draw at random also have the spread of their draws and the rank of
  /// HOT among them.
  var scores: Table {
    let hot = columns(of: "hot")
    let rows = result.methodNames.flatMap { method in
      zip(columns(of: method), hot).flatMap { own, hot in
        zip(own.scores, hot.scores).enumerated().map { place, pair in
          let draws = DrawRecord(pair.0.draws, hot: pair.1.value)
          return [
            method, stageNames[place], own.split, delimiter.text(pair.0.value),
            delimiter.text(pair.0.normalized), delimiter.text(draws?.sd ?? .nan),
            delimiter.text(draws?.rank_of_hot ?? .nan),
          ]
        }
      }
    }
    return Table(
      columns: [
        "method", "source_stage", "split", "score", "normalized", "draw_sd", "rank_of_hot",
      ],
      rows: rows)
  }

  /// A score, the same normalised by noise ceilings, and what its draws are, one unless the method
  /// draws at random.
  private typealias Entry = (value: Double, normalized: Double, draws: [Double])

  private var stageNames: [String] { result.sourceNames + ["mean"] }

  /// For each split and then for their mean: the entry of every stage, then of the mean over stages.
  private func columns(of method: String) -> [(split: String, scores: [Entry])] {
    let splits = result.scores(of: method)
    let names = result.splits.map(\.fit.split.name) + ["mean"]
    let all = zip(splits + [MethodScore(meanOver: splits)], result.normalizedScores(of: method))
    return zip(names, all).map { name, scores in
      let (score, normalized) = scores
      let stages = score.stageScores.enumerated().map { stage, value in
        (value: value, normalized: normalized[stage], draws: score.draws.map { $0[stage] })
      }
      let mean = (
        value: score.score, normalized: normalized[stages.count], draws: score.drawScores
      )
      return (name, stages + [mean])
    }
  }
}

extension AlignmentResult {
  /// The scores of one method, a value a split.
  func scores(of method: String) -> [MethodScore] {
    splits.compactMap { split in split.scores.first { $0.method == method } }
  }
}
