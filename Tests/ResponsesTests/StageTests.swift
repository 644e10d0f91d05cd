import ChiasmLinearAlgebra
import ChiasmResponses
import Testing

@Suite("A stage")
struct StageTests {
  private let whole = stage("fc.7/ré", stimuli: 3, units: 4)

  @Test("It takes all columns, each numbered by its place")
  func columns() {
    #expect(whole.name == "fc.7/ré")
    #expect(whole.unitCount == 4)
    #expect(whole.unitNumbers == [0, 1, 2, 3])
  }

  @Test("Selected units keep the numbers that they had, also when selected twice over")
  func units() {
    let part = whole.selectingUnits([3, 0, 2])
    #expect(part.responses.elements == [3, 0, 2, 13, 10, 12, 23, 20, 22])
    #expect(part.unitNumbers == [3, 0, 2])
    #expect(part.selectingUnits([2, 0]).unitNumbers == [2, 3])
  }

  @Test("Selected stimuli change the rows and nothing else")
  func stimuli() {
    let part = whole.selectingUnits([1, 2]).selectingStimuli([2, 0])
    #expect(part.responses.elements == [21, 22, 1, 2])
    #expect(part.unitNumbers == [1, 2])
    #expect(part.name == whole.name)
  }
}
