import ChiasmResponses
import Testing

@testable import ChiasmImaging

@Suite("Laws: reordering of grids")
struct GridReorderingTests {
  private let grid = Grid(
    shape: [3, 4, 5],
    affine: Affine(rows: [[2, 0.1, 0, -3], [-0.1, 2, 0.3, 7], [0, -0.3, 2.5, 1]]))

  /// The same voxels as `grid`, axis a of it being axis `axes[a]` of the result, reversed or not.
  private func stored(axes: [Int], flips: [Bool]) -> Grid {
    var shape = [0, 0, 0]
    var rows = [[Double]](repeating: [0, 0, 0, 0], count: 3)
    for axis in 0..<3 { shape[axes[axis]] = grid.shape[axis] }
    for row in 0..<3 {
      rows[row][3] = grid.affine.rows[row][3]
      for axis in 0..<3 {
        let step = grid.affine.rows[row][axis]
        rows[row][axes[axis]] = flips[axis] ? -step : step
        if flips[axis] { rows[row][3] += step * Double(grid.shape[axis] - 1) }
      }
    }
    return Grid(shape: shape, affine: Affine(rows: rows))
  }

  @Test("Every voxel keeps its place in millimetres, for all 48 ways of storing")
  func everyVoxelStays() throws {
    for axes in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
      for flips in 0..<8 {
        let image = stored(axes: axes, flips: (0..<3).map { flips >> $0 & 1 == 1 })
        let reordering = try #require(GridReordering(of: image, onto: grid))
        for offset in 0..<grid.voxelCount {
          let (i, j, k) = grid.indices(at: offset)
          let (a, b, c) = image.indices(at: reordering.offset(of: offset))
          let here = grid.affine.position(Double(i), Double(j), Double(k))
          let there = image.affine.position(Double(a), Double(b), Double(c))
          #expect(zip(here, there).allSatisfy { abs($0 - $1) < 1e-9 })
        }
      }
    }
  }

  @Test("Equal grids need no reordering")
  func identity() throws {
    let same = try #require(GridReordering(of: grid, onto: grid))
    #expect(same.isIdentity)
    #expect((0..<grid.voxelCount).allSatisfy { same.offset(of: $0) == $0 })
  }

  @Test("A grid that is shifted, stretched or of another shape is refused")
  func otherVoxels() {
    var rows = grid.affine.rows
    rows[0][3] += 0.0011
    let shifted = Grid(shape: [3, 4, 5], affine: Affine(rows: rows))
    #expect(GridReordering(of: shifted, onto: grid) == nil)
    #expect(GridReordering(of: Grid(shape: [3, 4, 6], affine: grid.affine), onto: grid) == nil)
    // The signs flipped without the origin moved: the trap of headers that say one thing and mean
    // another.
    let mirrored = Affine(rows: grid.affine.rows.map { [-$0[0], $0[1], $0[2], $0[3]] })
    #expect(GridReordering(of: Grid(shape: [3, 4, 5], affine: mirrored), onto: grid) == nil)
  }

  @Test("The error of two grids shows both files, shapes and affines")
  func mismatch() {
    func moved(by amount: Double) -> Grid {
      Grid(
        shape: [50, 60, 70],
        affine: Affine(rows: [[2, 0, 0, -10 + amount], [0, 3, 0, -20], [0, 0, 4, -30]]))
    }
    let grid = moved(by: 0)
    let error = ImagingError.gridMismatch(
      path: "betas.nii", grid: grid, otherPath: "V1.nii", otherGrid: moved(by: 1))
    let text = error.description
    #expect(text.contains("up to 1 mm apart") && !text.contains("--grid-tolerance"))
    let close = ImagingError.gridMismatch(
      path: "a", grid: grid, otherPath: "b", otherGrid: moved(by: 0.0123))
    #expect(close.description.contains("up to 0.0123 mm apart (--grid-tolerance"))
    for part in ["betas.nii", "V1.nii", "50 × 60 × 70", "0.0 -10.0;", "0.0 -9.0;"] {
      #expect(text.contains(part))
    }
  }
}
