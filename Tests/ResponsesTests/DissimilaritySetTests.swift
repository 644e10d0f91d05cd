import ChiasmLinearAlgebra
import ChiasmResponses
import Testing

@Suite("Sets of dissimilarities")
struct DissimilaritySetTests {
  private func set(
    _ rows: [[Double]], stimuli: [String] = ["a", "b", "c"]
  ) throws(ResponseError) -> DissimilaritySet {
    try DissimilaritySet(
      stimulusIDs: stimuli,
      matrices: [
        (
          "V1",
          Matrix(
            rowCount: rows.count, columnCount: rows[0].count, elements: rows.flatMap { $0 })
        )
      ])
  }

  @Test("The upper triangle is taken, differences of rounding and a diagonal of NaN are accepted")
  func accepted() throws {
    let matrix = try set([[.nan, 1, 2], [1.000_000_1, 0, -3], [2, -3, 1e-7]]).stages[0].matrix
    #expect(matrix.elements == [0, 1, 2, 1, 0, -3, 2, -3, 0])
  }

  @Test("Dissimilarities below 0 are counted, a pair once")
  func negative() throws {
    #expect(try set([[0, 1, 2], [1, 0, -3], [2, -3, 0]]).stages[0].negativeCount == 1)
    #expect(try set([[0, 1, 2], [1, 0, 3], [2, 3, 0]]).stages[0].negativeCount == 0)
  }

  @Test("What is no RDM is refused with the stimuli and the values")
  func refused() {
    func refuses(_ words: [String], _ rows: [[Double]], stimuli: [String] = ["a", "b", "c"]) {
      let error = #expect(throws: ResponseError.self) { try set(rows, stimuli: stimuli) }
      for word in words { #expect(error?.description.contains(word) == true, "\(word)") }
    }
    refuses(["2 rows and 3 columns"], [[0, 1, 2], [1, 0, 3]], stimuli: ["a", "b"])
    refuses(["3 rows", "2 stimuli"], [[0, 1, 2], [1, 0, 3], [2, 3, 0]], stimuli: ["a", "b"])
    refuses(["not symmetric", "b and c", "3.0", "4.0"], [[0, 1, 2], [1, 0, 3], [2, 4, 0]])
    refuses(["1.0 on its diagonal", "stimulus a", "1 - r"], [[1, 0, 0], [0, 1, 0], [0, 0, 1]])
    refuses(["nan", "a and c"], [[0, 1, .nan], [1, 0, 3], [.nan, 3, 0]])
    refuses(["inf", "a and b"], [[0, .infinity, 2], [.infinity, 0, 3], [2, 3, 0]])
    refuses(["more than once"], [[0, 1, 2], [1, 0, 3], [2, 3, 0]], stimuli: ["a", "b", "a"])
  }

  @Test("Joined with responses, both have the common stimuli in the order of the source")
  func joined() throws {
    let rdms = try set([[0, 1, 2], [1, 0, 3], [2, 3, 0]], stimuli: ["c", "x", "a"])
    let responses = try ResponseSet(
      stimulusIDs: ["a", "b", "c"],
      stages: [
        Stage(
          name: "one", responses: Matrix<Float>(rowCount: 3, columnCount: 1, elements: [7, 8, 9]))
      ])
    let pair = try ComparedPair(
      source: .dissimilarities(rdms), target: .responses(responses), minimumCommon: 2)
    #expect(pair.stimulusIDs == ["c", "a"] && pair.target.stimulusIDs == ["c", "a"])
    #expect(pair.source.dissimilarities?.stages[0].matrix.elements == [0, 2, 2, 0])
    #expect(pair.target.responses?.stages[0].responses.elements == [9, 7])
    #expect(pair.overlap.onlyInSource == ["x"] && pair.overlap.onlyInTarget == ["b"])
  }
}
