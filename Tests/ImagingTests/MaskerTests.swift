import ChiasmImaging
import ChiasmResponses
import Testing

@Suite("Laws of the masker")
struct MaskerTests {
  private let grid = Grid(
    shape: [2, 3, 1], affine: Affine(rows: [[2, 0, 0, 0], [0, 2, 0, 0], [0, 0, 2, 0]]))

  private func masker(_ regions: [[Int]]) -> Masker {
    Masker(image: NIfTIHeader(grid: grid), regions: regions)
  }

  @Test("A map of values comes back, NaN where there is no region")
  func roundTrip() {
    let masker = masker([[4, 1], [0], []])
    let map = [3, 1, 4, 1.5, 9, 2]
    let values = masker.values(of: map)
    #expect(values == [[9, 1], [3], []])
    let back = masker.map { values[$0][$1] }
    #expect(back[0] == 3 && back[1] == 1 && back[4] == 9)
    #expect([2, 3, 5].allSatisfy { back[$0].isNaN })
    #expect(masker.space == .volume(grid))
  }

  @Test("Where regions overlap a map has the mean of what is there, and the first region's label")
  func overlap() {
    let masker = masker([[0, 1, 2], [1, 2], [2, 3]])
    let values = [[1, 2, 4], [6, .nan], [9, .nan]]
    let map = masker.map { values[$0][$1] }
    #expect(map[0] == 1 && map[1] == 4 && map[2] == 6.5 && map[3].isNaN)
    #expect(masker.labels { Int32($0 + 7) }.labels == [7, 7, 7, 9, 0, 0])
    #expect(masker.labels { $0 == 0 ? nil : Int32($0) }.labels == [0, 1, 1, 2, 0, 0])
  }

  @Test(
    "The places of all regions ascend, each once, and the columns find a region's units in them")
  func columns() {
    let masker = masker([[5, 3], [3, 0, 5]])
    #expect(masker.places == [0, 3, 5])
    #expect(masker.columns == [[2, 1], [1, 0, 2]])
    for (region, columns) in zip(masker.regions, masker.columns) {
      #expect(columns.map { masker.places[$0] } == region)
    }
    #expect(masker.choosing([[1], [2, 0]]).regions == [[3], [5, 3]])
  }
}
