import ChiasmAlignment
import ChiasmLinearAlgebra
import ChiasmTransport
import ChiasmResponses
import ChiasmStatistics

/// A set whose units mix ten features of the stimuli and add noise; sets of one `features` seed see
/// the same features. Responses are whole multiples of 1/1024, so that sums with small whole numbers
/// and products with powers of two are exact.
func system(
  _ unitCounts: [Int], stimuli: Int = 30, seed: UInt64, features: UInt64 = 1000
) throws -> ResponseSet {
  var shared = SeededGenerator(seed: features)
  let latent = (0..<stimuli * 10).map { _ in shared.normal() }
  var own = SeededGenerator(seed: seed)
  return try ResponseSet(
    stimulusIDs: (0..<stimuli).map { "image \(1000 + $0)" },
    stages: unitCounts.enumerated().map { number, count in
      var responses = Matrix<Float>(rowCount: stimuli, columnCount: count, repeating: 0)
      for unit in 0..<count {
        let weights = (0..<10).map { _ in own.normal() }
        for stimulus in 0..<stimuli {
          let signal = weights.indices.reduce(0) { $0 + weights[$1] * latent[stimulus * 10 + $1] }
          responses[stimulus, unit] = Float(((signal + own.normal()) * 1024).rounded() / 1024)
        }
      }
      return Stage(name: "stage \(number)", responses: responses)
    })
}

/// Source stages of 6, 9 and 8 units against target stages of 7, 5, 10 and 6.
func smallPair() throws -> ResponsePair {
  try ResponsePair(source: system([6, 9, 8], seed: 1), target: system([7, 5, 10, 6], seed: 2))
}

/// Every third of `stimuli` held out.
func thirds(_ stimuli: Int = 30, name: String = "split_1") -> Split {
  Split(
    name: name, training: (0..<stimuli).filter { $0 % 3 != 1 },
    heldOut: (0..<stimuli).filter { $0 % 3 == 1 })
}

/// The pair fitted on one split with the exact solver.
func fitted(
  _ pair: ResponsePair, _ split: Split = thirds(), threads: Int = 1
) async throws -> FittedTransport {
  try await HierarchicalTransport().fit(StandardizedPair(pair, split: split), threads: threads)
}

/// The pair fitted and scored on one split.
func align(
  _ pair: ResponsePair, _ split: Split = thirds(), controls: [any Control] = [CoupledStages()],
  threads: Int = 1
) async throws -> SplitAlignment {
  let data = try StandardizedPair(pair, split: split)
  let fit = try await HierarchicalTransport().fit(data, threads: threads)
  return try await SplitAlignment(fit, on: data, controls: controls, threads: threads)
}

/// The pair with every stage of one side changed.
func changing(
  source: (Stage) -> Stage = { $0 }, target: (Stage) -> Stage = { $0 }, in pair: ResponsePair
) -> ResponsePair {
  pair.mapStages { stage, number in
    number < pair.source.stages.count ? source(stage) : target(stage)
  }
}

/// A stage with every response changed, by the response and its unit.
func mapping(_ stage: Stage, _ change: (Float, Int) -> Float) -> Stage {
  let old = stage.responses
  return Stage(
    name: stage.name,
    responses: Matrix(
      rowCount: old.rowCount, columnCount: old.columnCount,
      elements: old.elements.enumerated().map { change($1, $0 % old.columnCount) }))
}

/// The greatest |a − b|; infinite when the counts differ or a number is NaN.
func largestDifference(_ left: [Double], _ right: [Double]) -> Double {
  guard left.count == right.count else { return .infinity }
  return zip(left, right).map { abs($0 - $1) }.reduce(0) { $1.isNaN ? .infinity : max($0, $1) }
}
