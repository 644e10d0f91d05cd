import ChiasmResponses
import Testing

@Suite("Laws of grids and affines") struct GridTests {
  private let affine = Affine(rows: [[2, 0, 0, -10], [0, 3, 0, -20], [0, 0, 4, -30]])

  private func moved(_ row: Int, _ column: Int, by amount: Double) -> Grid {
    var rows = affine.rows
    rows[row][column] += amount
    return Grid(shape: [50, 60, 70], affine: Affine(rows: rows))
  }

  @Test("Grids match within 1e-3 mm at the corners: a turn counts by what it moves")
  func matching() {
    let grid = Grid(shape: [50, 60, 70], affine: affine)
    #expect(grid.matches(grid))
    #expect(grid.matches(moved(0, 3, by: 0.9e-3)))
    #expect(!grid.matches(moved(0, 3, by: 1.1e-3)))
    #expect(grid.matches(moved(1, 2, by: 1e-5)))
    #expect(!grid.matches(moved(1, 2, by: 2e-5)))
    #expect(grid.matches(moved(1, 2, by: 2e-5), tolerance: 1e-2))
    #expect(grid.difference(from: moved(1, 2, by: 2e-5)).map { abs($0 - 69 * 2e-5) < 1e-9 } == true)
    #expect(!grid.matches(Grid(shape: [50, 60, 71], affine: affine)))
    #expect(!grid.matches(moved(2, 2, by: .nan)))
  }

  @Test("Orientation names the ends that i, j and k point to")
  func orientation() {
    func code(_ i: [Double], _ j: [Double], _ k: [Double]) -> String {
      Affine(rows: (0..<3).map { [i[$0], j[$0], k[$0], 9] }).orientation
    }
    #expect(code([1, 0, 0], [0, 1, 0], [0, 0, 1]) == "RAS")
    #expect(code([-2, 0, 0], [0, -1, 0], [0, 0, -5]) == "LPI")
    #expect(code([0, 0, -1], [1, 0, 0], [0, 1, 0]) == "IRA")
    #expect(code([0, 2, 0.5], [0.3, 0.1, -3], [-0.1, 0.5, 0.5]) == "AIL")
    #expect(code([1, 0, 0], [0, 0, 0], [0, 0, 1]) == "R?S")
    // Two axes that are both nearest to x: the pair with the greater sum wins.
    #expect(code([0.9, 0.43, 0], [0.8, -0.6, 0], [0, 0, 1]) == "RPS")
  }

  @Test("An offset and its indices undo each other, i fastest")
  func offsets() {
    let grid = Grid(shape: [3, 4, 5], affine: affine)
    #expect(grid.voxelCount == 60)
    for offset in 0..<60 {
      let (i, j, k) = grid.indices(at: offset)
      #expect(grid.offset(i, j, k) == offset)
    }
    #expect(grid.indices(at: 1).i == 1)
    #expect(affine.position(1, 2, 3) == [-8, -14, -18])
    #expect(affine.voxelSizes == [2, 3, 4])
  }
}

@Suite("Laws of spaces of units") struct UnitSpaceTests {
  private let grid = Grid(
    shape: [3, 1, 5], affine: Affine(rows: [[0, 0, 2, -10], [-3, 0, 0, 20], [0, 4, 0, 0.5]]))

  @Test("A place of a grid and its indices undo each other, and it lies where the affine says")
  func volume() {
    let space = UnitSpace.volume(grid)
    #expect(space.placeCount == 15 && space.indexCounts == [3, 1, 5])
    #expect(space.indexNames + space.positionNames == ["i", "j", "k", "x", "y", "z"])
    for place in 0..<15 { #expect(space.place(at: space.indices(at: place)) == place) }
    #expect(space.indices(at: 14) == [2, 0, 4])
    #expect(space.position(at: 14) == [-2, 14, 0.5])
  }

  @Test(
    "Indices outside a grid are no place",
    arguments: [[3, 0, 0], [0, -1, 0], [0, 1, 0], [0, 0, 5]])
  func outside(indices: [Int]) {
    #expect(UnitSpace.volume(grid).place(at: indices) == nil)
  }

  @Test("Units that lie nowhere have no places and no columns")
  func none() {
    let space = UnitSpace.none
    #expect(space.placeCount == 0 && space.place(at: []) == nil)
    #expect((space.indexNames + space.positionNames).isEmpty && space.indexCounts.isEmpty)
    #expect(space.indices(at: 0).isEmpty && space.position(at: 0).isEmpty)
  }
}
