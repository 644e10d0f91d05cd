import ChiasmStatistics
import Testing

@Suite("Paired comparison")
struct PairedComparisonTests {
  @Test("Student's test and its interval are those of SciPy")
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
    #expect(
      one.correctedTest(testToTrainingRatio: 0.25).pValue
        == other.correctedTest(testToTrainingRatio: 0.25).pValue)
  }

  @Test("Equal methods have p-value 1, a constant difference has no spread")
  func constant() {
    let equal = PairedComparison([1, 2, 3], [1, 2, 3])
    #expect(equal.correctedTest(testToTrainingRatio: 0.25).pValue == 1)
    let shifted = PairedComparison([2, 3, 4], [1, 2, 3]).correctedTest(testToTrainingRatio: 0)
    #expect(shifted.statistic == .infinity)
    #expect(shifted.pValue == 0)
    #expect(shifted.interval == ConfidenceInterval(lower: 1, upper: 1, level: 0.95))
  }

  @Test("Scores that differ by the rounding of their sums are equal, on every processor")
  func rounding() {
    let scores = [0.1, -0.57, 1e-9, 0]
    let rounded = [scores[0].nextUp, scores[1].nextDown, scores[2] * (1 + 1e-14), 0]
    let comparison = PairedComparison(scores, rounded)
    #expect(comparison.differences == [0, 0, 0, 0])
    #expect(comparison.correctedTest(testToTrainingRatio: 0.25).pValue == 1)
    #expect(PairedComparison([0.5], [0.5 + 1e-11]).differences[0] != 0)
    #expect(PairedComparison([1e-13], [0]).differences == [1e-13])
  }

  @Test("Pairs with a NaN are left out and counted; one pair is no test")
  func undefined() {
    let comparison = PairedComparison([1, .nan, 3], [0, 1, .nan])
    #expect(comparison.differences == [1])
    #expect(comparison.undefinedCount == 2)
    let test = comparison.correctedTest(testToTrainingRatio: 0)
    #expect(test.pValue.isNaN && test.interval.lower.isNaN)
  }
}
