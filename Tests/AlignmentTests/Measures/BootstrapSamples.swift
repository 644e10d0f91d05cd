@testable import ChiasmAlignment
import ChiasmLinearAlgebra
import ChiasmStatistics
import Testing

@Suite("Repeats of a stimulus in a bootstrap sample")
struct BootstrapSamples {
  private let sample = [3, 0, 7, 3, 12, 9, 3, 0, 5, 8, 11, 9]

  @Test("Positions of one stimulus form a group, and all of it lies in one fold")
  func groups() {
    let groups = StimulusGroups(sample)
    #expect(groups.groups == [0, 1, 2, 0, 3, 4, 0, 1, 5, 6, 7, 4])
    #expect(groups.members[0] == [0, 3, 6])
    #expect(groups.count(at: 6) == 3)
    #expect(groups.repeatedPairs.count == 6 + 2 + 2)
    let folds = groups.folds(3, seed: 5)
    #expect(folds.flatMap { $0 }.sorted() == Array(0..<12))
    for positions in groups.members {
      #expect(folds.filter { !Set($0).isDisjoint(with: positions) }.count == 1)
    }
    #expect(folds == groups.folds(3, seed: 5) && folds != groups.folds(3, seed: 6))
  }

  @Test("RSA compares the pairs of different stimuli, as often as they come")
  func rsa() throws {
    let (one, other) = (try responses(6, seed: 1), try responses(9, seed: 2))
    var lists: [[Double]] = [[], []]
    for first in sample.indices {
      for second in first + 1..<sample.count where sample[first] != sample[second] {
        for (index, stage) in [one, other].enumerated() {
          let patterns = [first, second].map { stage.row(sample[$0]).map(Double.init) }
          lists[index].append(1 - correlation(patterns[0], patterns[1]))
        }
      }
    }
    let value = try RepresentationalSimilarity(comparison: .pearson)
      .value(of: one, other, rows: sample)
    #expect(abs(value - correlation(lists[0], lists[1])) <= 1e-12)
  }

  @Test("RSA leaves out a stimulus without a pattern on either side")
  func blankStimulus() throws {
    var (one, other) = (try responses(6, seed: 1), try responses(9, seed: 2))
    for unit in 0..<6 { one[4, unit] = 0.5 }
    for unit in 0..<9 { other[10, unit] = 0 }
    let rows = [0, 4, 1, 2, 10, 3, 5, 6]
    let measure = RepresentationalSimilarity(comparison: .spearman)
    let value = try measure.value(of: one, other, rows: rows)
    #expect(abs(value - (try measure.value(of: one, other, rows: [0, 1, 2, 3, 5, 6]))) <= 1e-12)
  }

  @Test("Debiased CKA fits what is additive to the pairs that count")
  func debiased() throws {
    let matrix = try gram(rows: sample)
    let centred = CentredKernel(debiasing: matrix, StimulusGroups(sample)).direction
    for (row, stimulus) in sample.enumerated() {
      let values = centred[row * 12..<(row + 1) * 12]
      // What is left is orthogonal to every additive term, and zero where pairs are left out.
      #expect(abs(values.reduce(0, +)) <= 1e-12)
      for (value, other) in zip(values, sample) where other == stimulus { #expect(value == 0) }
    }
  }

  @Test("A stimulus that fills half of the sample is no obstacle")
  func half() throws {
    let rows = [1, 1, 1, 1, 2, 3, 4, 5]
    let centred = CentredKernel(debiasing: try gram(rows: rows), StimulusGroups(rows)).direction
    for row in 0..<8 { #expect(abs(centred[row * 8..<(row + 1) * 8].reduce(0, +)) <= 1e-12) }
    #expect(centred.contains { $0 != 0 })
  }

  @Test("Samples of unrelated stages stay near 0 in the debiased form and in ridge")
  func unrelated() throws {
    let measures: [any Measure] = [
      try CentredKernelAlignment(isDebiased: true), try RidgePredictivity(seed: 2),
    ]
    for measure in measures {
      var sum = 0.0
      for seed in 0..<20 as Range<UInt64> {
        var generator = SeededGenerator(seed: seed)
        let rows = (0..<60).map { _ in generator.integer(below: 60) }
        sum += try measure.value(
          of: noise(40, stimuli: 60, seed: 300 + seed),
          noise(50, stimuli: 60, seed: 400 + seed), rows: rows)
      }
      #expect(abs(sum / 20) <= 0.02, "\(measure.name)")
    }
  }

  private func gram(rows: [Int]) throws -> Matrix<Double> {
    let stage = try responses(6, seed: 1).selectingRows(rows)
    let doubles = Matrix(
      rowCount: rows.count, columnCount: 6, elements: stage.elements.map(Double.init))
    return doubles.product(transposing: doubles)
  }
}
