import ChiasmAlignment
import ChiasmLinearAlgebra
import ChiasmTransport
import ChiasmResponses
import ChiasmStatistics

/// The scores straight from their formulas, from the responses as given and in double precision.
struct DirectScores {
  let pair: ResponsePair
  let split: Split
  let fit: FittedTransport

  /// For every unit of a source stage ρ(X_l[:,i], X̂_l[:,i]) with X̂_l = Σ_m w_m n_l Y_m Q_lmᵀ.
  func unitScores(stage: Int, weights: [Double]) -> [Double] {
    let source = zScores(pair.source.stages[stage], fit.source[stage].unitColumns)
    return source.indices.map { unit in
      var prediction = [Double](repeating: 0, count: split.heldOut.count)
      for (index, weight) in weights.enumerated() {
        let target = zScores(pair.target.stages[index], fit.target[index].unitColumns)
        let plan = fit.match(stage, index).plan.dense
        for other in target.indices {
          for stimulus in prediction.indices {
            prediction[stimulus] +=
              weight * Double(source.count) * plan[unit, other] * target[other][stimulus]
          }
        }
      }
      return pearson(source[unit], prediction)
    }
  }

  /// The mean over units of Σ_m w_m Σ_j n_l Q_lm[i,j] ρ(X_l[:,i], Y_m[:,j]).
  func matchedScore(stage: Int, weights: [Double]) -> Double {
    let source = zScores(pair.source.stages[stage], fit.source[stage].unitColumns)
    var sum = 0.0
    for (index, weight) in weights.enumerated() {
      let target = zScores(pair.target.stages[index], fit.target[index].unitColumns)
      let plan = fit.match(stage, index).plan.dense
      for unit in source.indices {
        for other in target.indices {
          sum += weight * plan[unit, other] * pearson(source[unit], target[other])
        }
      }
    }
    return sum
  }

  /// For every unit the mean over matched pairs of ρ(X_l[:,i], Y_m[:,j]) / √NC_j, by their mass
  /// w_m Q_lm[i,j], over target units whose ceiling is not NaN.
  func matchedUnitScores(
    stage: Int, weights: [Double], ceilings: [[Double]]
  ) -> [Double] {
    let source = zScores(pair.source.stages[stage], fit.source[stage].unitColumns)
    return source.indices.map { unit in
      var (sum, mass) = (0.0, 0.0)
      for (index, weight) in weights.enumerated() {
        let columns = fit.target[index].unitColumns
        let target = zScores(pair.target.stages[index], columns)
        let plan = fit.match(stage, index).plan.dense
        for other in target.indices where !ceilings[index][columns[other]].isNaN {
          let root = ceilings[index][columns[other]].squareRoot()
          sum += weight * plan[unit, other] * pearson(source[unit], target[other]) / root
          mass += weight * plan[unit, other]
        }
      }
      return sum / mass
    }
  }

  /// The held-out responses of each unit, z-scored by the training stimuli.
  private func zScores(_ stage: Stage, _ columns: [Int]) -> [[Double]] {
    columns.map { column in
      let values = stage.responses.column(column).map(Double.init)
      let training = split.training.map { values[$0] }
      let count = Double(training.count)
      let mean = training.reduce(0, +) / count
      let variance = training.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
      return split.heldOut.map { (values[$0] - mean) / variance.squareRoot() }
    }
  }

  private func pearson(_ x: [Double], _ y: [Double]) -> Double {
    let count = Double(x.count)
    let (meanX, meanY) = (x.reduce(0, +) / count, y.reduce(0, +) / count)
    let products = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) }
    let squares = (
      x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) },
      y.reduce(0) { $0 + ($1 - meanY) * ($1 - meanY) }
    )
    return products / (squares.0 * squares.1).squareRoot()
  }
}
