import ChiasmAlignment
import ChiasmLinearAlgebra
import ChiasmStatistics
import Testing

@Suite("Laws of the measures: what they do not see")
struct MeasureInvariances {
  private let source: Matrix<Float>
  private let target: Matrix<Float>

  init() throws {
    source = try responses(8, seed: 1)
    target = try responses(11, seed: 2)
  }

  @Test("No measure sees the order of the units")
  func unitOrder() throws {
    var generator = SeededGenerator(seed: 4)
    let shuffled = target.selectingColumns(generator.permutation(of: 11))
    for measure in try allMeasures() {
      let difference = try measure.value(of: source, target) - measure.value(of: source, shuffled)
      #expect(abs(difference) <= 1e-9, "\(measure.name)")
    }
  }

  @Test("No measure sees one shift of a unit or one positive factor of all units but for RSA")
  func scale() throws {
    var changed = target
    for index in changed.elements.indices {
      changed.elements[index] = 4 * changed.elements[index] + Float(index % 11)
    }
    for measure in try allMeasures() where !measure.name.hasPrefix("rsa") {
      let difference = try measure.value(of: source, target) - measure.value(of: source, changed)
      #expect(abs(difference) <= 1e-9, "\(measure.name)")
    }
  }

  @Test("Alignments of kernels, of shapes and of distances do not see rotation; matchings do")
  func rotation() throws {
    let rotated = rotating(target)
    for measure in try allMeasures() {
      let difference = abs(
        try measure.value(of: source, target) - measure.value(of: source, rotated))
      if ["cka", "procrustes", "rsa-euclidean"].contains(where: measure.name.hasPrefix) {
        // Rotated responses are rounded to single precision; ranks may change places.
        #expect(difference <= (measure.name.hasSuffix("spearman") ? 1e-4 : 1e-6), "\(measure.name)")
      } else if measure.name.contains("matching") {
        #expect(difference > 1e-3, "\(measure.name)")
      }
    }
  }

  @Test("RSA by ranks does not see an increasing function of the dissimilarities")
  func monotone() throws {
    // With one unit each, 1 − Pearson has no sense; squares of distances order pairs as cubes do.
    let line = Matrix<Float>(rowCount: 6, columnCount: 1, elements: [0, 1, 3, 7, 15, 31])
    let bent = Matrix<Float>(rowCount: 6, columnCount: 1, elements: [0, 1, 4, 13, 40, 121])
    let ranks = RepresentationalSimilarity(dissimilarity: .squaredEuclidean)
    let linear = RepresentationalSimilarity(
      dissimilarity: .squaredEuclidean, comparison: .pearson)
    #expect(abs(try ranks.value(of: line, bent) - 1) <= 1e-12)
    #expect(try linear.value(of: line, bent) < 0.999)
  }

  @Test("Measures without a direction give the same both ways")
  func symmetry() throws {
    for measure in try allMeasures() where !["semi-matching", "ridge"].contains(measure.name) {
      let difference = try measure.value(of: source, target) - measure.value(of: target, source)
      #expect(abs(difference) <= 1e-9, "\(measure.name)")
    }
  }

  @Test("Distances keep the triangle inequality")
  func triangle() throws {
    let third = try responses(20, seed: 3)
    for form in [Procrustes.Form.distance, .angle] {
      let measure = Procrustes(form: form)
      let direct = try measure.value(of: source, target)
      let detour = try measure.value(of: source, third) + measure.value(of: third, target)
      #expect(direct <= detour)
    }
  }

  @Test("Unrelated stages: debiased alignments and ridge are near 0, the biased one is not")
  func unrelated() throws {
    let debiased = try CentredKernelAlignment(isDebiased: true)
    let gaussian = try CentredKernelAlignment(kernel: .gaussian(fraction: 1), isDebiased: true)
    let ridge = try RidgePredictivity(seed: 1)
    var sums = [0.0, 0, 0, 0]
    let biased = try CentredKernelAlignment()
    for seed in 0..<20 as Range<UInt64> {
      let one = noise(60, stimuli: 40, seed: 100 + seed)
      let other = noise(80, stimuli: 40, seed: 200 + seed)
      sums[0] += try debiased.value(of: one, other)
      sums[1] += try gaussian.value(of: one, other)
      sums[2] += try ridge.value(of: one, other)
      sums[3] += try biased.value(of: one, other)
    }
    for sum in sums.prefix(3) { #expect(abs(sum / 20) <= 0.02) }
    #expect(sums[3] / 20 > 0.5)
  }

  /// The units turned in pairs of neighbours, by angles of whole ratios.
  private func rotating(_ matrix: Matrix<Float>) -> Matrix<Float> {
    var rotated = matrix
    for row in 0..<matrix.rowCount {
      for unit in 0..<matrix.columnCount - 1 {
        let (one, other) = (rotated[row, unit], rotated[row, unit + 1])
        rotated[row, unit] = 0.6 * one - 0.8 * other
        rotated[row, unit + 1] = 0.8 * one + 0.6 * other
      }
    }
    return rotated
  }
}
