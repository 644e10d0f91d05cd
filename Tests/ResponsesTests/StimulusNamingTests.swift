import ChiasmLinearAlgebra
import ChiasmResponses
import Testing

@Suite("How names of stimuli are compared")
struct StimulusNamingTests {
  @Test(
    "A basename drops folders, a stem also the last file ending, and nothing else",
    arguments: [
      ("cat", "cat", "cat"), ("a/b/cat.png", "cat.png", "cat"),
      ("a\\b\\cat.JPEG", "cat.JPEG", "cat"),
      ("001", "001", "001"), ("3626115.019498", "3626115.019498", "3626115.019498"),
      ("7.0", "7.0", "7.0"), ("brain.nii.gz", "brain.nii.gz", "brain.nii"),
      (".png", ".png", ".png"),
      ("v1.5", "v1.5", "v1.5"), ("a.b c", "a.b c", "a.b c"), ("folder/", "folder", "folder"),
      ("clip.mp4", "clip.mp4", "clip"), ("/", "/", "/"), ("x.sentence", "x.sentence", "x.sentence"),
      ("", "", ""), ("a/Ü.tiff", "Ü.tiff", "Ü"),
    ])
  func matches(name: String, basename: String, stem: String) {
    #expect(StimulusNaming.Match.exact(name) == name)
    #expect(StimulusNaming.Match.basename(name) == basename)
    #expect(StimulusNaming.Match.stem(name) == stem)
  }

  @Test("The new name of a map is what is shortened")
  func mapped() {
    let naming = StimulusNaming(match: .stem, map: ["n1": "a/cat.png", "cat": "dog"])
    #expect(["n1", "cat", "x/cat.png"].map(naming.key) == ["cat", "dog", "cat"])
  }

  @Test("Two stimuli of a set that become one are refused by their names")
  func merged() throws {
    let naming = StimulusNaming(match: .basename)
    #expect(throws: ResponseError.mergedStimuli(names: ["a/1", "b/1"], into: "1", count: 2)) {
      try naming.keys(of: ["a/1", "2", "b/1", "c/1"])
    }
    let map = StimulusNaming(map: ["x": "y"])
    #expect(try map.keys(of: ["x", "z"]) == ["y", "z"])
    let error = #expect(throws: ResponseError.self) { try map.keys(of: ["y", "x"]) }
    #expect(
      error?.description
        == "Stimuli y and x both become y; compare more of their names (--match), or map them to names "
        + "that differ (--stimulus-map).")
    // The other side counts too.
    #expect(throws: ResponseError.self) {
      try ResponsePair(source: set(["1"]), target: set(["a/1", "b/1"]), naming: naming)
    }
  }

  @Test("Joined by what is compared, both sides have the source's names and order")
  func joined() throws {
    let source = try set(["t/b.png", "t/a.png", "only.png"])
    let target = try set(["a", "second", "other"])
    let naming = StimulusNaming(match: .stem, map: ["second": "b"])
    let pair = try ResponsePair(source: source, target: target, naming: naming)
    #expect(pair.stimulusIDs == ["t/b.png", "t/a.png"])
    #expect(pair.target.stimulusIDs == pair.stimulusIDs)
    #expect(pair.reversed.stimulusIDs == pair.stimulusIDs)
    #expect(pair.target.stages[0].responses.column(0) == [10, 0])
    #expect(pair.overlap.onlyInSource == ["only.png"] && pair.overlap.onlyInTarget == ["other"])
    #expect((pair.overlap.sourceCount, pair.overlap.targetCount) == (3, 3))
    let compared = try ComparedPair(
      source: .responses(source), target: .responses(target), naming: naming)
    #expect(compared == ComparedPair(pair))
    #expect(throws: ResponseError.self) { try ResponsePair(source: source, target: target) }
  }

  @Test("A set with rows that name no stimulus is refused, also where rows are averaged")
  func unnamed() throws {
    #expect(throws: ResponseError.unnamedStimuli(row: 2, count: 2)) { try set(["a", "n/a", ""]) }
    let error = #expect(throws: ResponseError.self) {
      try ResponseSet(
        averagingRowsOf: ["a", "a", "n/a"], stages: [stage("V1", stimuli: 3, units: 2)])
    }
    #expect(error?.description.hasPrefix("Row 3 names no stimulus (it is empty or n/a)") == true)
  }
}
