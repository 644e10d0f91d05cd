import ChiasmResponses
import Testing

@testable import ChiasmImaging

private let sizes = Affine(rows: [[2, 0, 0, -3], [0, 3, 0, 5], [0, 0, 4, 7]])

/// The image of voxels under an affine that stores them with an axis reversed.
private func reversed(_ image: ScalarImage, axis: Int) -> ScalarImage {
  let grid = image.grid
  let last = Double(grid.shape[axis] - 1)
  let affine = Affine(
    rows: grid.affine.rows.map { row in
      var row = row
      row[3] += last * row[axis]
      row[axis] = -row[axis]
      return row
    })
  let values = (0..<grid.voxelCount).map { offset in
    let (i, j, k) = grid.indices(at: offset)
    var place = [i, j, k]
    place[axis] = grid.shape[axis] - 1 - place[axis]
    return image.values[grid.offset(place[0], place[1], place[2])]
  }
  return ScalarImage(grid: Grid(shape: grid.shape, affine: affine), values: values)
}

@Suite("Laws: slices")
struct SlicingTests {
  private let image: ScalarImage = {
    let grid = Grid(shape: [4, 5, 3], affine: sizes)
    return ScalarImage(grid: grid, values: (0..<grid.voxelCount).map { Double($0 * $0 % 101) })
  }()

  @Test("A slice of a canonical image is the array, its last row on top")
  func canonical() {
    let axial = image.slice(.axial, at: 2)
    #expect((axial.rowCount, axial.columnCount) == (5, 4))
    #expect((axial.pixelWidth, axial.pixelHeight) == (2, 3))
    #expect((axial.width, axial.height) == (8, 15))
    for row in 0..<5 {
      for column in 0..<4 {
        #expect(axial[row, column] == image.values[image.grid.offset(column, 4 - row, 2)])
      }
    }
    let sagittal = image.slice(.sagittal, at: 1)
    #expect((sagittal.rowCount, sagittal.columnCount) == (3, 5))
    #expect((sagittal.pixelWidth, sagittal.pixelHeight) == (3, 4))
    #expect(sagittal[0, 4] == image.values[image.grid.offset(1, 4, 2)])
  }

  @Test("Storing the same voxels the other way round changes no picture", arguments: 0..<3)
  func flips(_ axis: Int) {
    let other = reversed(image, axis: axis)
    for plane in SlicePlane.allCases {
      for index in 0..<image.grid.shape[plane.normalAxis] {
        #expect(other.slice(plane, at: index) == image.slice(plane, at: index))
      }
      #expect(other.projection(plane) == image.projection(plane))
    }
  }

  @Test("Reversing an affine without moving the voxels mirrors the picture")
  func mirrored() {
    let rows = image.grid.affine.rows.map { [-$0[0], $0[1], $0[2], $0[3]] }
    let other = ScalarImage(
      grid: Grid(shape: image.grid.shape, affine: Affine(rows: rows)), values: image.values)
    let (here, there) = (image.slice(.coronal, at: 1), other.slice(.coronal, at: 1))
    for row in 0..<here.rowCount {
      for column in 0..<here.columnCount {
        #expect(there[row, column] == here[row, here.columnCount - 1 - column])
      }
    }
    #expect(other.slice(.sagittal, at: 0) == image.slice(.sagittal, at: 3))
  }

  @Test("A part of a slice is that part of the whole")
  func box() {
    let part = image.slice(.axial, at: 1, within: VoxelBox([1..<3, 2..<5, 0..<3]))
    let whole = image.slice(.axial, at: 1)
    #expect((part.rowCount, part.columnCount) == (3, 2))
    for row in 0..<3 {
      for column in 0..<2 { #expect(part[row, column] == whole[row, column + 1]) }
    }
  }

  @Test("A projection is the greatest of the slices; NaN is overlooked")
  func projection() {
    var values = image.values
    values[image.grid.offset(2, 2, 0)] = .nan
    for k in 0..<3 { values[image.grid.offset(0, 0, k)] = .nan }
    let holed = ScalarImage(grid: image.grid, values: values)
    let seen = holed.projection(.axial)
    let slices = (0..<3).map { holed.slice(.axial, at: $0) }
    for pixel in seen.values.indices {
      let greatest = slices.map { $0.values[pixel] }.filter { !$0.isNaN }.max()
      #expect(greatest == (seen.values[pixel].isNaN ? nil : seen.values[pixel]))
    }
    #expect(seen[4, 0].isNaN && seen.valueCount == 19)
  }

  @Test("Of labels a projection shows the one that occurs most, the least of equals")
  func commonest() {
    #expect(ProjectionRule.commonest.value(of: [3, 1, 3, .nan, 9]) == 3)
    #expect(ProjectionRule.commonest.value(of: [9, 2, 2, 9, 5]) == 2)
    #expect(ProjectionRule.commonest.value(of: [.nan, .nan]).isNaN)
  }

  @Test("Axes without a direction take what is left, and still every voxel is seen once")
  func degenerate() {
    for rows in [
      [[2.0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 3, 0]], [[0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]],
      [[.nan, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]],
    ] {
      let grid = Grid(shape: image.grid.shape, affine: Affine(rows: rows))
      let canonical = CanonicalGrid(of: grid)
      let seen = (0..<grid.voxelCount).map { offset in
        let (x, y, z) = canonical.grid.indices(at: offset)
        return canonical.offset(x, y, z)
      }
      #expect(seen.sorted() == Array(0..<grid.voxelCount))
      let slice = ScalarImage(grid: grid, values: image.values).slice(.axial, at: 0)
      #expect(slice.pixelWidth > 0 && slice.pixelHeight > 0)
    }
  }

  @Test("Equally oblique axes get three directions, the first axis the first")
  func ties() {
    let half = 0.5.squareRoot()
    for noise in [0, 1e-16, -1e-16] {
      let affine = Affine(
        rows: [[half + noise, -half, 0, 0], [half, half + noise, 0, 0], [0, 0, 1, 0]])
      #expect(affine.orientation == "RAS")
    }
    #expect(Affine(rows: [[1, 1, 0, 0], [0, 0, 0, 0], [0, 0, 1, 0]]).orientation == "R?S")
  }
}

@Suite("Laws: backgrounds")
struct BackgroundTests {
  private let affine = Affine(rows: [[1.1, 0.2, 0, -9], [-0.1, 1.3, 0.1, 4], [0.1, 0, 0.9, 2]])

  @Test("An affine after its inverse is the identity; flat voxels have no inverse")
  func inverse() throws {
    let inverse = try #require(affine.inverse)
    let there = affine.position(3, -2, 7.5)
    let back = inverse.position(there[0], there[1], there[2])
    #expect(zip(back, [3, -2, 7.5]).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(Affine(rows: [[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 0]]).inverse == nil)
    #expect(Affine(rows: [[1, 0, 0, 0], [0, 0, 0, 0], [0, 0, 1, 0]]).inverse == nil)
    #expect(Affine(rows: [[1, 0, 0, .nan], [0, 1, 0, 0], [0, 0, 1, 0]]).inverse == nil)
    #expect(Affine(rows: [[1e-6, 0, 0, 0], [0, 1e-6, 0, 0], [0, 0, 1e-6, 0]]).inverse != nil)
  }

  @Test("On its own grid the background is the slice")
  func own() throws {
    let grid = Grid(
      shape: [6, 5, 4], affine: Affine(rows: [[2, 0, 0, 0], [0, 2, 0, 1], [0, 0, 2, 5]]))
    let image = ScalarImage(grid: grid, values: (0..<120).map { Double($0 * 7 % 31) })
    for plane in SlicePlane.allCases {
      for interpolation in [ScalarImage.Interpolation.nearest, .linear] {
        let background = try #require(image.background(of: grid, plane, at: 2, by: interpolation))
        let slice = image.slice(plane, at: 2)
        #expect(background.values.count == slice.values.count)
        #expect(
          zip(background.values, slice.values).allSatisfy { abs($0 - $1) < 1e-9 }, "\(plane)")
      }
    }
  }

  @Test("Between voxels of a ramp the values are on the ramp, in millimetres, whatever the grids")
  func ramp() throws {
    let fine = Grid(
      shape: [40, 40, 40],
      affine: Affine(
        rows: [[-0.7, 0, 0.1, 12], [0, 0.1, 0.8, -14], [0.05, 0.6, 0, -8]]))
    let anatomy = ScalarImage(
      grid: fine,
      values: (0..<fine.voxelCount).map { offset in
        let (i, j, k) = fine.indices(at: offset)
        let place = fine.affine.position(Double(i), Double(j), Double(k))
        return 3 * place[0] - place[1] + 2 * place[2]
      })
    let map = Grid(
      shape: [4, 3, 3], affine: Affine(rows: [[2, 0, 0, -4], [0, 2, 0, -2], [0, 0, 3, 1]]))
    let background = try #require(anatomy.background(of: map, .axial, at: 1))
    // 8 mm × 6 mm at the anatomy's finest edge.
    #expect((background.columnCount, background.rowCount) == (13, 10))
    #expect(abs(background.width - 8) < 1e-9 && abs(background.height - 6) < 1e-9)
    for row in 0..<10 {
      for column in 0..<13 {
        let x = -5 + (Double(column) + 0.5) * 8 / 13
        let y = 3 - (Double(row) + 0.5) * 6 / 10
        #expect(abs(background[row, column] - (3 * x - y + 2 * 4)) < 1e-9)
      }
    }
  }

  @Test("Outside the anatomy there is nothing; the longer side keeps its limit")
  func outside() throws {
    let grid = Grid(shape: [3, 3, 3], affine: affine)
    let image = ScalarImage(grid: grid, values: [Double](repeating: 1, count: 27))
    let wide = Grid(
      shape: [30, 20, 3], affine: Affine(rows: [[9, 0, 0, 0], [0, 9, 0, 90], [0, 0, 9, 0]]))
    let background = try #require(image.background(of: wide, .axial, at: 0, largestSide: 60))
    #expect((background.columnCount, background.rowCount) == (60, 40))
    #expect(background.valueCount == 0)
    let flat = ScalarImage(
      grid: Grid(
        shape: [3, 3, 3], affine: Affine(rows: [[1, 0, 0, 0], [0, 0, 0, 0], [0, 0, 1, 0]])),
      values: image.values)
    #expect(flat.background(of: wide, .axial, at: 0) == nil)
  }
}
