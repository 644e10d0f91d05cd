import ChiasmStatistics
import Testing

@Suite("Scores divided by ceilings")
struct CeilingNormalizationTests {
  @Test("Each score is divided by the root of its unit's ceiling")
  func oneSided() {
    let scores = CeilingNormalization().normalize([0.3, -0.2, 0.6], ceilings: [0.25, 0.16, 1])
    #expect(isClose(scores, [0.6, -0.5, 0.6], within: 1e-15))
  }

  @Test("With two ceilings it is the root of their product")
  func twoSided() {
    let scores = CeilingNormalization().normalize(
      [0.3, 0.1], ceilings: [0.25, 0.5], targetCeilings: [0.16, 0.5])
    #expect(isClose(scores, [1.5, 0.2], within: 1e-15), "not cut at 1")
  }

  @Test("Columns tell which ceiling is whose")
  func columns() {
    let scores = CeilingNormalization().normalize(
      [0.5, 0.2], columns: [3, 1], ceilings: [0.9, 0.16, 0.9, 0.25, .nan])
    #expect(isClose(scores, [1, 0.5], within: 1e-15))
  }

  @Test("Units under the floor, without a ceiling or without a score are left out")
  func leftOut() {
    let scores = CeilingNormalization().normalize(
      [0.9, 0.4, 0.3, .nan, 0.2, 0.5], ceilings: [0.0999, 0.1, .nan, 0.05, 0, 1])
    #expect(scores.map(\.isNaN) == [true, false, true, true, true, false])
    #expect(isClose([scores[1], scores[5]], [0.4 / 0.1.squareRoot(), 0.5], within: 1e-15))
  }

  @Test("Of two ceilings each must reach the floor and be known")
  func floorOfBoth() {
    let scores = CeilingNormalization(floor: 0.3).normalize(
      [0.1, 0.1, 0.1, 0.1], ceilings: [0.29, 1, 1, 0.3], targetCeilings: [1, 0.29, .nan, 0.3])
    #expect(scores.map(\.isNaN) == [true, true, true, false])
    #expect(isClose(scores[3], 0.1 / 0.3, within: 1e-15))
  }

  @Test("Nothing may be left")
  func nothingLeft() {
    #expect(CeilingNormalization().normalize([], ceilings: []).isEmpty)
    #expect(CeilingNormalization(floor: 1).normalize([0.5], ceilings: [0.99])[0].isNaN)
  }
}
