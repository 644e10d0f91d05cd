import ChiasmStatistics
import Testing

@Suite("Paired comparison")
struct PairedComparisonTests {
  @Test("Student's test, its interval and the exact sign-flip test are those of SciPy")
  func scipy() throws {
    let cases = try EvidenceReference.read().comparisons
    #expect(cases.count == 4)
    for key in cases {
      let comparison = PairedComparison(key.first, key.second)
      let student = comparison.correctedTest(testToTrainingRatio: 0)
      #expect(isClose(student.statistic, key.studentT, within: 1e-12))
      #expect(abs(student.pValue - key.studentP) <= 1e-9 * key.studentP)
      #expect(
        isClose(
          [student.interval.lower, student.interval.upper], key.studentInterval, within: 1e-12)
      )
      #expect(abs(comparison.signFlipPValue() - key.signFlipP) <= 1e-14, "\(key.name)")
    }
  }

  @Test("The corrected test is that of the formula")
  func corrected() throws {
    for key in try EvidenceReference.read().comparisons {
      let test = PairedComparison(key.first, key.second)
        .correctedTest(testToTrainingRatio: key.ratio)
      #expect(isClose(test.statistic, key.correctedT, within: 1e-12))
      #expect(abs(test.pValue - key.correctedP) <= 1e-9 * key.correctedP)
      let interval = [test.interval.lower, test.interval.upper]
      #expect(isClose(interval, key.correctedInterval, within: 1e-12))
      #expect(test.interval.contains(0) == (test.pValue > 0.05))
    }
  }

  @Test("Exchanging the methods changes the sign and no p-value")
  func exchange() throws {
    let key = try #require(try EvidenceReference.read().comparisons.last)
    let one = PairedComparison(key.first, key.second)
    let other = PairedComparison(key.second, key.first)
    #expect(one.spread.mean == -other.spread.mean)
    #expect(one.signFlipPValue() == other.signFlipPValue())
    #expect(
      one.correctedTest(testToTrainingRatio: 0.25).pValue
        == other.correctedTest(testToTrainingRatio: 0.25).pValue)
  }

  @Test("Random sign flips come near the exact value, and are the same for the same seed")
  func random() throws {
    let key = try #require(try EvidenceReference.read().comparisons.first { $0.first.count == 12 })
    let comparison = PairedComparison(key.first, key.second)
    let estimate = comparison.signFlipPValue(draws: 4000, seed: 8)
    #expect(estimate != key.signFlipP)
    #expect(abs(estimate - key.signFlipP) < 0.02)
    #expect(comparison.signFlipPValue(draws: 4000, seed: 8) == estimate)
    #expect(comparison.signFlipPValue(draws: 4000, seed: 9) != estimate)
  }

  @Test("More pairs than a word has bits are flipped independently")
  func manyPairs() {
    let ones = [Double](repeating: 1, count: 200)
    let zeros = [Double](repeating: 0, count: 200)
    #expect(PairedComparison(ones, zeros).signFlipPValue(draws: 999) == 1.0 / 1000)
  }

  @Test("Five pairs never give less than 2 / 32")
  func fivePairs() {
    let comparison = PairedComparison([9, 8, 9, 7, 9], [1, 1, 2, 1, 2])
    #expect(comparison.signFlipPValue() == 0.0625)
  }

  @Test("Equal methods have p-value 1, a constant difference has no spread")
  func constant() {
    let equal = PairedComparison([1, 2, 3], [1, 2, 3])
    #expect(equal.correctedTest(testToTrainingRatio: 0.25).pValue == 1)
    #expect(equal.signFlipPValue() == 1)
    let shifted = PairedComparison([2, 3, 4], [1, 2, 3]).correctedTest(testToTrainingRatio: 0)
    #expect(shifted.statistic == .infinity)
    #expect(shifted.pValue == 0)
    #expect(shifted.interval == ConfidenceInterval(lower: 1, upper: 1, level: 0.95))
  }

  @Test("Pairs with a NaN are left out and counted; one pair is no test")
  func undefined() {
    let comparison = PairedComparison([1, .nan, 3], [0, 1, .nan])
    #expect(comparison.differences == [1])
    #expect(comparison.undefinedCount == 2)
    let test = comparison.correctedTest(testToTrainingRatio: 0)
    #expect(test.pValue.isNaN && test.interval.lower.isNaN)
    #expect(PairedComparison([], []).signFlipPValue().isNaN)
  }
}
