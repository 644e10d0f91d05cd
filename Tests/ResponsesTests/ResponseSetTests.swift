import ChiasmLinearAlgebra
import ChiasmResponses
import Testing

@Suite("A response set")
struct ResponseSetTests {
  private let names = ["a", "b", "c"]

  @Test("Stages of the same stimuli make a set, in the order given")
  func sound() throws {
    let stages = [stage("V2", stimuli: 3, units: 1), stage("V1", stimuli: 3, units: 4)]
    let set = try ResponseSet(stimulusIDs: names, stages: stages)
    #expect(set.stageNames == ["V2", "V1"])
    #expect(set.stages == stages)
    #expect(set.stimulusIDs == names)
  }

  @Test("No stages are refused")
  func noStages() {
    fails(.noStages, "There is no stage (region or layer) in the response set.") {
      try ResponseSet(stimulusIDs: names, stages: [])
    }
  }

  @Test("Two stages of one name are refused")
  func duplicateStage() {
    fails(
      .duplicateStage(name: "V1"), "Two stages are named V1; give each its own name."
    ) {
      try ResponseSet(
        stimulusIDs: names,
        stages: [
          stage("V1", stimuli: 3, units: 1), stage("V2", stimuli: 3, units: 1),
          stage("V1", stimuli: 3, units: 2),
        ])
    }
  }

  @Test("A stage with another number of rows is refused")
  func rowCount() {
    fails(
      .rowCount(stage: "V2", expected: 3, actual: 4),
      "Stage V2 has 4 rows but there are 3 stimuli; "
        + "each row must be one stimulus, in the order of their list."
    ) {
      try ResponseSet(
        stimulusIDs: names,
        stages: [stage("V1", stimuli: 3, units: 1), stage("V2", stimuli: 4, units: 1)])
    }
  }

  @Test("A stage whose columns are as many as the stimuli looks transposed")
  func transposed() {
    fails(
      .rowCount(stage: "V1", expected: 3, actual: 2, isTransposed: true),
      "Stage V1 has 2 rows but there are 3 stimuli; it has as many columns and looks transposed "
        + "(units × stimuli): save it as stimuli × units."
    ) {
      try ResponseSet(stimulusIDs: names, stages: [stage("V1", stimuli: 2, units: 3)])
    }
  }

  @Test("A stage without units is refused")
  func noUnits() {
    fails(.noUnits(stage: "V1"), "Stage V1 has no units.") {
      try ResponseSet(stimulusIDs: names, stages: [stage("V1", stimuli: 3, units: 0)])
    }
  }

  @Test("Repeated stimuli are counted once each, and three are named")
  func duplicateStimuli() {
    let names = ["e", "a", "a", "b", "c", "a", "b", "c", "d", "d"]
    fails(
      .duplicateStimuli(examples: ["a", "b", "c"], count: 4),
      "Stimuli come more than once (4 in all, such as a, b, c); each stimulus_id may name one row. "
        + "Average the repeats, or number them in a column repeat of stimuli.tsv, and they are averaged."
    ) {
      try ResponseSet(stimulusIDs: names, stages: [stage("V1", stimuli: 10, units: 1)])
    }
  }

  @Test(
    "A NaN or an infinity is refused with its place",
    arguments: [Float.nan, .infinity, -.infinity])
  func notFinite(value: Float) {
    var responses = stage("V1", stimuli: 3, units: 4).responses
    responses[1, 2] = value
    responses[2, 0] = .nan
    let error = ResponseError.notFinite(stage: "V1", stimulus: "b", unit: 2, count: 2)
    fails(
      error,
      "Stage V1 holds 2 values that are NaN or infinite, the first at stimulus b, unit 2; "
        + "remove or replace them."
    ) {
      try ResponseSet(stimulusIDs: names, stages: [Stage(name: "V1", responses: responses)])
    }
  }

  @Test("One value that is not finite is told in the singular")
  func oneNotFinite() {
    let error = ResponseError.notFinite(stage: "V1", stimulus: "b", unit: 2, count: 1)
    #expect(
      error.description
        == "Stage V1 holds a value that is NaN or infinite at stimulus b, unit 2; "
        + "remove or replace it.")
  }

  @Test("Stages can be selected in any order")
  func selecting() throws {
    let set = try threeStages().selectingStages(["V4", "V1"])
    #expect(set.stageNames == ["V4", "V1"])
    #expect(set.stages.map(\.unitCount) == [3, 1])
    #expect(set.stimulusIDs == names)
  }

  @Test("Selecting no stage, one twice or one that is not there is refused")
  func selectingWrongly() throws {
    let set = try threeStages()
    #expect(throws: ResponseError.noStages) { try set.selectingStages([]) }
    #expect(throws: ResponseError.duplicateStage(name: "V1")) {
      try set.selectingStages(["V1", "V1"])
    }
    fails(
      .unknownStage(name: "V3", available: ["V1", "V2", "V4"]),
      "There is no stage named V3; there are V1, V2, V4."
    ) { try set.selectingStages(["V1", "V3"]) }
  }

  private func threeStages() throws -> ResponseSet {
    try ResponseSet(
      stimulusIDs: names,
      stages: [
        stage("V1", stimuli: 3, units: 1), stage("V2", stimuli: 3, units: 2),
        stage("V4", stimuli: 3, units: 3),
      ])
  }

  /// Expects an error and its sentence.
  private func fails(
    _ expected: ResponseError, _ sentence: String, _ body: () throws -> ResponseSet
  ) {
    let error = #expect(throws: ResponseError.self) { try body() }
    #expect(error == expected)
    #expect(error?.description == sentence)
  }
}
