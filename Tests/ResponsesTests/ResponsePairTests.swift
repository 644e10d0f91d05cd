import ChiasmLinearAlgebra
import ChiasmResponses
import Testing

@Suite("Two sets joined by stimulus")
struct ResponsePairTests {
  @Test("The rows keep the source's order, whatever the names are")
  func sourceOrder() throws {
    let names = ["image_2", "Zebra", "image_10", "a9", "ä", "image_1", "😀", "A"]
    let pair = try ResponsePair(
      source: set(names), target: set(names.sorted() + ["more"]), minimumCommon: 1)
    #expect(pair.stimulusIDs == names && pair.overlap.common == names)
    #expect(pair.target.stimulusIDs == names && pair.reversed.stimulusIDs == names)
    let compared = try ComparedPair(
      source: .responses(set(names)), target: .responses(set(names.sorted() + ["more"])))
    #expect(compared == ComparedPair(pair))
  }

  @Test("Every row keeps its responses")
  func responses() throws {
    let pair = try ResponsePair(
      source: set(["c", "a", "b"]), target: set(["b", "x", "c", "a"]), minimumCommon: 3)
    #expect(pair.source.stages[0].responses.column(0) == [0, 10, 20])
    #expect(pair.target.stages[0].responses.column(0) == [20, 30, 0])
  }

  @Test("The order of rows in the target changes nothing, and that of the source is kept")
  func rowOrder() throws {
    let names = (0..<12).map { "image \($0)" }
    let sets = try (set(names), set(names + ["more"]))
    let pair = try ResponsePair(source: sets.1, target: sets.0)
    let order = [7, 2, 11, 0, 5, 1, 10, 3, 9, 4, 8, 6]
    let shuffled = try ResponseSet(
      stimulusIDs: order.map { names[$0] },
      stages: sets.0.stages.map { $0.selectingStimuli(order) })
    #expect(try ResponsePair(source: sets.1, target: shuffled) == pair)
    let other = try ResponsePair(source: shuffled, target: sets.1)
    #expect(other.source == shuffled)
    #expect(other.target.stages == pair.source.stages.map { $0.selectingStimuli(order) })
  }

  @Test("What only one set has is left out, and named")
  func overlap() throws {
    let pair = try ResponsePair(
      source: set(["s1", "b", "s2", "a", "s3", "s4"]), target: set(["a", "t1", "b"]),
      minimumCommon: 2)
    #expect(pair.stimulusIDs == ["b", "a"])
    #expect(pair.overlap.onlyInSource == ["s1", "s2", "s3"])
    #expect(pair.overlap.onlyInTarget == ["t1"])
    #expect((pair.overlap.sourceCount, pair.overlap.targetCount) == (6, 3))
  }

  @Test("Two encodings of the same letters are one stimulus")
  func equivalentNames() throws {
    let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
    let pair = try ResponsePair(
      source: set([composed, "b"]), target: set(["b", decomposed]), minimumCommon: 2)
    #expect(pair.overlap.common.count == 2)
    #expect(pair.target.stages[0].responses.column(0) == [10, 0])
    #expect(
      throws: ResponseError.duplicateStimuli(examples: [composed], count: 1)
    ) { try set([composed, decomposed]) }
  }

  @Test("Just enough common stimuli make a pair, one fewer does not")
  func tooFew() throws {
    let names = (0..<10).map { "image \($0)" }
    _ = try ResponsePair(source: set(names), target: set(names), minimumCommon: 10)
    let fewer = try set(Array(names.dropLast()) + ["only here"])
    let error = #expect(throws: ResponseError.self) {
      try ResponsePair(source: set(names), target: fewer, minimumCommon: 10)
    }
    #expect(
      error?.description
        == "At least 10 common stimuli are needed, but source (10 stimuli) and target (10) share "
        + "9 stimulus_ids (only in the source, for example: image 9; "
        + "only in the target: only here).")
  }

  @Test("Sets without a common stimulus say so")
  func nothingCommon() throws {
    let error = #expect(throws: ResponseError.self) {
      try ResponsePair(source: set(["a", "b"]), target: set(["c"]), minimumCommon: 1)
    }
    let overlap = StimulusOverlap(source: ["a", "b"], target: ["c"])
    #expect(error == .tooFewCommonStimuli(overlap, needed: 1))
    #expect(overlap.common.isEmpty)
    #expect(StimulusOverlap(source: ["a"], target: ["a"]).description.contains("example: none"))
  }

  @Test(
    "What keeps names apart that are nearly the same is told, with what joins them, and they are not joined",
    arguments: [
      ("s001", "s1", "leading zeros", "write them alike"),
      ("a", "A", "upper and lower case", "write them alike"),
      ("7", "7.0", "a file's ending", "write them alike"),
      ("cat", "cat.png", "a file's ending", "--match stem joins"),
      ("im/cat", "cat", "folders", "--match basename joins"),
      (
        "im/cat.png", "cat", "folders, a file's ending, case or leading zeros", "--match stem joins"
      ),
      (
        "C:\\im\\Cat_01.JPG", "cat_1", "folders, a file's ending, case or leading zeros",
        "write them alike"
      ),
    ])
  func nearNames(name: String, other: String, difference: String, remedy: String) {
    let overlap = StimulusOverlap(source: ["x", name], target: [other, "y"])
    #expect(overlap.common.isEmpty)
    #expect(
      overlap.description.contains(
        "1 of them differs only in \(difference), as \(name) and \(other) do: \(remedy)"))
  }

  @Test("A way to compare names that makes two stimuli of a set one is not told")
  func noUnsafeAdvice() {
    let overlap = StimulusOverlap(source: ["1", "2"], target: ["a/1", "b/1", "a/2"])
    #expect(overlap.hint?.contains("folders") == true && overlap.hint?.contains("--match") == false)
  }

  @Test(
    "Names that differ in more give no hint",
    arguments: [("a.1", "a.2"), ("10", "1"), ("v1.5", "v1")])
  func otherNames(name: String, other: String) {
    #expect(StimulusOverlap(source: [name], target: [other]).hint == nil)
  }

  @Test("Stages are numbered through both sets when they are changed")
  func mapping() throws {
    let source = try ResponseSet(
      stimulusIDs: ["a", "b"],
      stages: [stage("V1", stimuli: 2, units: 2), stage("V2", stimuli: 2, units: 2)])
    let pair = try ResponsePair(source: source, target: set(["b", "a"]), minimumCommon: 2)
    let changed = pair.mapStages { stage, number in stage.selectingUnits([number % 2]) }
    #expect(changed.source.stages.map(\.unitNumbers) == [[0], [1]])
    #expect(changed.target.stages.map(\.unitNumbers) == [[0]])
    #expect(changed.stimulusIDs == pair.stimulusIDs)
    #expect(changed.overlap == pair.overlap)
  }
}
