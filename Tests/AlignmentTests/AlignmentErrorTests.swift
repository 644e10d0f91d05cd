import ChiasmAlignment
import ChiasmResponses
import ChiasmStatistics
import Testing

@Suite("Errors of the alignment")
struct AlignmentErrorTests {
  @Test("Three stimuli on each side of a split are enough")
  func justEnough() throws {
    _ = try StandardizedPair(
      smallPair(), split: Split(name: "a", training: [0, 1, 2], heldOut: [3, 4, 5]))
  }

  @Test("Fewer are refused with both counts", arguments: [(2, 5), (5, 2), (0, 3), (3, 0)])
  func tooFew(training: Int, heldOut: Int) throws {
    let split = Split(
      name: "fold 2", training: Array(0..<training), heldOut: Array(10..<10 + heldOut))
    let error = #expect(throws: AlignmentError.self) {
      try StandardizedPair(smallPair(), split: split)
    }
    #expect(error == .splitTooSmall(split: "fold 2", training: training, heldOut: heldOut))
    #expect(
      error?.description
        == "Split fold 2 has \(training) training and \(heldOut) held-out stimuli; "
        + "at least 3 of each are needed.")
  }

  @Test("What the transport refuses is told with the names of the stages")
  func transport() {
    let error = AlignmentError.transport(source: "V1", target: "fc", problem: "Too dear.")
    #expect(
      error.description == "The transport between V1 and fc cannot be solved: Too dear.")
  }
}
