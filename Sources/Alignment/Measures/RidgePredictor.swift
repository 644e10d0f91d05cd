internal import ChiasmLinearAlgebra
internal import ChiasmResponses
internal import ChiasmStatistics

/// What predicts one fold from the others, for every penalty: with training features Z = U √s Vᵀ of
/// mean 0, predictions of held-out features Z′ are Z′ V √s diag(1 / (s + λ)) Uᵀ y.
struct RidgePredictor: Sendable {
  /// Positions of the held-out stimuli.
  let heldOut: [Int]
  /// Positions of the training stimuli, fold after fold.
  let training: [Int]
  /// Where in `training` each of the other folds stands.
  private let blocks: [Range<Int>]
  /// λ of γ = 1.
  private let penaltyScale: Double
  /// s, without those that are zero.
  private let spectrum: [Double]
  /// Uᵀ: as many rows as `spectrum`.
  private let directions: Matrix<Double>
  /// U.
  private let loadings: Matrix<Double>
  /// Z′ V √s: held-out stimuli × as many columns as `spectrum`.
  private let projection: Matrix<Double>

  /// - Throws: `AlignmentError.nothingToMeasure` or `.decomposition`.
  init(_ stage: RidgeStage, heldOut fold: Int, measure: String) throws(AlignmentError) {
    let others = stage.folds.indices.filter { $0 != fold }.map { stage.folds[$0] }
    heldOut = stage.folds[fold]
    training = others.flatMap { $0 }
    let ends = others.indices.map { others[...$0].reduce(0) { $0 + $1.count } }
    blocks = zip(others, ends).map { $1 - $0.count..<$1 }
    let rows = training.map { stage.rows[$0] }
    let fit = Standardization(fitting: stage.stage, rows: rows)
    guard !fit.varyingColumns.isEmpty else {
      throw .nothingToMeasure(measure: measure, stimulusCount: Set(rows).count)
    }
    let responses = stage.stage.responses
    let features = fit.scores(responses, rows: rows)
    let heldOutFeatures = fit.scores(responses, rows: heldOut.map { stage.rows[$0] })
    penaltyScale = Double(max(features.rowCount, features.columnCount))
    do {
      let spaces =
        features.rowCount <= features.columnCount
        ? try Self.primal(features, heldOutFeatures) : try Self.dual(features, heldOutFeatures)
      (spectrum, directions, projection) = spaces
    } catch {
      throw .decomposition(measure: measure, problem: error)
    }
    loadings = directions.transposed
  }

  /// By the eigenvectors of Zᵀ Z: units are fewer. Both arguments are units × stimuli.
  private static func primal(
    _ features: Matrix<Double>, _ heldOut: Matrix<Double>
  ) throws(LinearAlgebraError) -> ([Double], Matrix<Double>, Matrix<Double>) {
    let (values, vectors) = try positivePart(features.product(transposing: features))
    let directions = vectors.product(transposing: features.transposed)
    let projection = heldOut.transposed.product(transposing: vectors)
    let roots = values.map { $0.squareRoot() }
    return (
      values, directions.scaling(rows: roots.map { 1 / $0 }), projection.scaling(columns: roots)
    )
  }

  /// By the eigenvectors of Z Zᵀ: stimuli are fewer.
  private static func dual(
    _ features: Matrix<Double>, _ heldOut: Matrix<Double>
  ) throws(LinearAlgebraError) -> ([Double], Matrix<Double>, Matrix<Double>) {
    let (trainingRows, heldOutRows) = (features.transposed, heldOut.transposed)
    let (values, directions) = try positivePart(trainingRows.product(transposing: trainingRows))
    let projection = heldOutRows.product(transposing: trainingRows)
      .product(transposing: directions)
    return (values, directions, projection)
  }

  /// The eigenvalues above 1e-12 of the greatest, with their vectors.
  private static func positivePart(
    _ gram: Matrix<Double>
  ) throws(LinearAlgebraError) -> ([Double], Matrix<Double>) {
    let eigen = try SymmetricEigen(gram)
    let least = 1e-12 * (eigen.values.last ?? 0)
    let kept = eigen.values.indices.filter { eigen.values[$0] > least }
    return (kept.map { eigen.values[$0] }, eigen.vectors.selectingRows(kept))
  }
}

extension RidgePredictor {
  /// Held-out r of each unit with the penalty that is best for it over the training folds.
  func scores(
    of responses: RidgeResponses, relativePenalties: [Double]
  ) throws(LinearAlgebraError) -> [Double] {
    // Units × spectrum: y in the basis U.
    let coordinates = responses.training.product(transposing: directions)
    let chosen = try bestRelativePenalties(
      for: responses, coordinates: coordinates, among: relativePenalties
    ).map { $0 * penaltyScale }
    var weights = coordinates
    for unit in chosen.indices {
      for (column, value) in spectrum.enumerated() {
        weights[unit, column] /= value + chosen[unit]
      }
    }
    let predictions = weights.product(transposing: projection)
    return chosen.indices.map { unit in
      let truth = CentredValues(Array(responses.heldOut.row(unit)))
      let prediction = CentredValues(Array(predictions.row(unit)))
      guard truth.varies else { return .nan }
      return prediction.varies ? truth.correlation(with: prediction) : 0
    }
  }

  /// For each unit, the γ of the least squared error when folds are left out, of γ ascending.
  func bestRelativePenalties(
    for responses: RidgeResponses, coordinates: Matrix<Double>? = nil, among penalties: [Double]
  ) throws(LinearAlgebraError) -> [Double] {
    let training = responses.training
    let coordinates = coordinates ?? training.product(transposing: directions)
    var best = [Double](repeating: .nan, count: training.rowCount)
    var least = [Double](repeating: .infinity, count: training.rowCount)
    for penalty in penalties {
      let errors = try leftOutErrors(
        of: training, coordinates: coordinates, penalty: penalty * penaltyScale)
      for unit in best.indices where errors[unit] <= least[unit] {
        (best[unit], least[unit]) = (penalty, errors[unit])
      }
    }
    return best
  }

  /// For each unit, Σ (y − ŷ)² over training stimuli, each predicted without its own fold.
  private func leftOutErrors(
    of responses: Matrix<Double>, coordinates: Matrix<Double>, penalty: Double
  ) throws(LinearAlgebraError) -> [Double] {
    let shrinkage = spectrum.map { $0 / ($0 + penalty) }
    let factors = try blocks.map { block throws(LinearAlgebraError) in
      try complementFactor(block, shrinkage: shrinkage)
    }
    var errors = [Double](repeating: 0, count: responses.rowCount)
    for first in stride(from: 0, to: errors.count, by: 512) {
      let units = Array(first..<min(first + 512, errors.count))
      let fitted = coordinates.selectingRows(units).scaling(columns: shrinkage)
        .product(transposing: loadings)
      for (block, factor) in zip(blocks, factors) {
        let residuals = responses.minus(fitted, firstRow: first, columns: block)
        let leftOut = factor.solving(rows: residuals)
        for (place, unit) in units.enumerated() {
          errors[unit] += leftOut.row(place).reduce(0) { $0 + $1 * $1 }
        }
      }
    }
    return errors
  }

  /// 1 − H_BB, factored.
  private func complementFactor(
    _ block: Range<Int>, shrinkage: [Double]
  ) throws(LinearAlgebraError) -> CholeskyFactor {
    let rows = loadings.selectingRows(Array(block))
    var complement = rows.scaling(columns: shrinkage).product(transposing: rows)
    let mean = 1 / Double(training.count)
    for index in complement.elements.indices {
      complement.elements[index] = -mean - complement.elements[index]
    }
    for index in 0..<block.count { complement[index, index] += 1 }
    return try CholeskyFactor(complement)
  }
}

extension Standardization {
  /// z-scores in double precision: varying columns × rows.
  fileprivate func scores(_ matrix: Matrix<Float>, rows: [Int]) -> Matrix<Double> {
    var scores = normalized(matrix, rows: rows)
    let root = Double(rows.count).squareRoot()
    for index in scores.elements.indices { scores.elements[index] *= root }
    return scores
  }
}

extension Matrix<Double> {
  /// Some columns of as many rows as `other` has, minus those of `other`.
  fileprivate func minus(_ other: Matrix, firstRow: Int, columns: Range<Int>) -> Matrix {
    var difference = Matrix(rowCount: other.rowCount, columnCount: columns.count, repeating: 0)
    difference.elements.withUnsafeMutableBufferPointer { output in
      for row in 0..<other.rowCount {
        let (here, there) = ((firstRow + row) * columnCount, row * columnCount)
        for (place, column) in columns.enumerated() {
          output[row * columns.count + place] =
            elements[here + column] - other.elements[there + column]
        }
      }
    }
    return difference
  }

  fileprivate func scaling(rows factors: [Double]) -> Matrix {
    var scaled = self
    for row in 0..<rowCount {
      for index in row * columnCount..<(row + 1) * columnCount {
        scaled.elements[index] *= factors[row]
      }
    }
    return scaled
  }

  fileprivate func scaling(columns factors: [Double]) -> Matrix {
    var scaled = self
    scaled.elements.withUnsafeMutableBufferPointer { elements in
      for start in stride(from: 0, to: elements.count, by: Swift.max(columnCount, 1)) {
        for column in 0..<columnCount { elements[start + column] *= factors[column] }
      }
    }
    return scaled
  }
}

/// The units that one fold predicts: z-scored by the training stimuli, up to a factor a matrix.
struct RidgeResponses {
  /// Units × training stimuli, centred.
  let training: Matrix<Double>
  /// Units × held-out stimuli.
  let heldOut: Matrix<Double>
  /// For each unit, its column in the stage; units that do not vary over training are left out.
  let columns: [Int]

  init(_ stage: RidgeStage, fold: RidgePredictor) {
    let training = fold.training.map { stage.rows[$0] }
    let fit = Standardization(fitting: stage.stage, rows: training)
    columns = fit.varyingColumns
    let responses = stage.stage.responses
    self.training = fit.normalized(responses, rows: training)
    heldOut = fit.normalized(responses, rows: fold.heldOut.map { stage.rows[$0] })
  }
}
