import ChiasmStatistics
import Testing

@Suite("Scores divided by ceilings")
struct CeilingNormalizationTests {
  @Test("Each score is divided by the root of its unit's ceiling")
  func oneSided() {
    let score = CeilingNormalization().normalize([0.3, -0.2, 0.6], ceilings: [0.25, 0.16, 1])
    #expect(zip(score.values, [0.6, -0.5, 0.6]).allSatisfy { abs($0 - $1) <= 1e-15 })
    #expect(abs(score.mean - 0.7 / 3) <= 1e-15 && abs(score.rawMean - 0.7 / 3) <= 1e-15)
    #expect(score.usedCount == 3 && score.belowFloorCount == 0 && score.unknownCount == 0)
  }

  @Test("With two ceilings it is the root of their product")
  func twoSided() {
    let score = CeilingNormalization().normalize(
      [0.3, 0.1], ceilings: [0.25, 0.5], targetCeilings: [0.16, 0.5])
    #expect(abs(score.values[0] - 1.5) <= 1e-15, "not cut at 1")
    #expect(abs(score.values[1] - 0.2) <= 1e-15)
  }

  @Test("Columns tell which ceiling is whose")
  func columns() {
    let score = CeilingNormalization().normalize(
      [0.5, 0.2], columns: [3, 1], ceilings: [0.9, 0.16, 0.9, 0.25, .nan])
    #expect(abs(score.values[0] - 1) <= 1e-15 && abs(score.values[1] - 0.5) <= 1e-15)
  }

  @Test("Units under the floor, without a ceiling or without a score are left out and counted")
  func leftOut() {
    let score = CeilingNormalization().normalize(
      [0.9, 0.4, 0.3, .nan, 0.2, 0.5], ceilings: [0.0999, 0.1, .nan, 0.05, 0, 1])
    #expect(score.values.map(\.isNaN) == [true, false, true, true, true, false])
    #expect(abs(score.mean - (0.4 / 0.1.squareRoot() + 0.5) / 2) <= 1e-15)
    #expect(abs(score.rawMean - 0.45) <= 1e-15)
    #expect(score.usedCount == 2 && score.belowFloorCount == 2)
    #expect(score.unknownCount == 1 && score.unscoredCount == 1)
  }

  @Test("Of two ceilings each must reach the floor and be known")
  func floorOfBoth() {
    let score = CeilingNormalization(floor: 0.3).normalize(
      [0.1, 0.1, 0.1, 0.1], ceilings: [0.29, 1, 1, 0.3], targetCeilings: [1, 0.29, .nan, 0.3])
    #expect(score.belowFloorCount == 2 && score.unknownCount == 1 && score.usedCount == 1)
    #expect(abs(score.mean - 0.1 / 0.3) <= 1e-15)
  }

  @Test("Where nothing is left the means are NaN")
  func nothingLeft() {
    for score in [
      CeilingNormalization().normalize([], ceilings: []),
      CeilingNormalization(floor: 1).normalize([0.5], ceilings: [0.99]),
    ] {
      #expect(score.mean.isNaN && score.rawMean.isNaN && score.usedCount == 0)
    }
  }
}
