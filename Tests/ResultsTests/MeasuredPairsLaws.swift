import ChiasmLinearAlgebra
import Testing

@testable import ChiasmResults

@Suite("Laws of preferences and p-values")
struct MeasuredPairsLaws {
  /// One source stage and three target stages.
  private func row(_ values: Double...) -> Matrix<Double> {
    Matrix(rowCount: 1, columnCount: 3, elements: values)
  }

  private func measured(
    _ values: Matrix<Double>, isDistance: Bool = false, permuted: [Matrix<Double>] = [],
    resampled: [Matrix<Double>] = []
  ) -> MeasuredPairs {
    MeasuredPairs(
      measure: "test", isDistance: isDistance, values: values, permuted: permuted,
      resampled: resampled)
  }

  private func pValues(_ measured: MeasuredPairs) -> [Double] {
    (0..<3).map { measured.pValue(0, $0) }
  }

  @Test("The greatest similarity or the least distance is preferred, the first of equals")
  func preferred() {
    #expect(measured(row(1, 3, 2)).preferredTargets == [1])
    #expect(measured(row(1, 3, 2), isDistance: true).preferredTargets == [0])
    #expect(measured(row(2, 3, 3)).preferredTargets == [1])
    #expect(measured(row(.nan, -3, .nan)).preferredTargets == [1])
    #expect(measured(row(.nan, .nan, .nan)).preferredTargets == [nil])
  }

  @Test("A p-value counts the draws that are at least as good, and the data")
  func pValues() {
    let draws = [row(5, 0, 0), row(1, 4, 0), row(0, 9, 2)]
    let similar = measured(row(1, 4, 3), permuted: draws)
    #expect(pValues(similar) == [0.75, 0.75, 0.25])
    let distant = measured(row(1, 4, 3), isDistance: true, permuted: draws)
    #expect(pValues(distant) == [0.75, 0.75, 1])
    #expect(measured(row(1, 4, 3)).pValue(0, 0).isNaN)
  }

  @Test("The p-value of the choice compares the best with the best of each draw")
  func choice() {
    let draws = [row(5, 0, 0), row(1, 4, 0), row(0, 3, 2), row(.nan, .nan, .nan)]
    #expect(measured(row(1, 4, 3), permuted: draws).pValueOfPreferred(0) == 0.75)
    // Least of data 1; of draws 0, 0 and 0.
    #expect(
      measured(row(1, 4, 3), isDistance: true, permuted: draws).pValueOfPreferred(0) == 1)
    #expect(measured(row(.nan, .nan, .nan), permuted: draws).pValueOfPreferred(0).isNaN)
  }

  @Test("Rates of preference add up to 1 over the samples that prefer something")
  func rates() {
    let samples = [row(1, 2, 0), row(1, 2, .nan), row(3, 2, 0), row(.nan, .nan, .nan)]
    let rates = measured(row(1, 2, 3), resampled: samples).preferenceRates
    #expect(rates.elements == [1.0 / 3, 2.0 / 3, 0])
    #expect(measured(row(1, 2, 3)).preferenceRates.elements.allSatisfy { $0.isNaN })
  }
}
