import ChiasmResponses
import Foundation
import TestSupport
import Testing

@testable import ChiasmImaging

/// What `Reference/orientation_with_nibabel.py` wrote.
private struct Orientations: Decodable {
  struct Case: Decodable {
    let affine: [[Double]]
    let directions: [[Int]?]
    let shape: [Int]?
    let canonical: [[Double]]?
  }
  struct Slices: Decodable {
    let affine: [[Double]]
    let axial: [[[Double]]]
    let coronal: [[[Double]]]
    let sagittal: [[[Double]]]
  }
  struct Marker: Decodable {
    let name: String
    let file: String
    let shape: [Int]
    let marker: [Int]
  }

  let cases: [Case]
  let slices: [Slices]
  let markers: [Marker]

  static func read() throws -> Orientations {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Reference/orientation.json")
    return try JSONDecoder().decode(Orientations.self, from: Data(contentsOf: file))
  }
}

@Suite("Reference: nibabel's orientation")
struct OrientationReferenceTests {
  private let shape = [2, 3, 4]

  @Test("Voxel axes go to the axes of the head that nibabel finds")
  func directions() throws {
    let cases = try Orientations.read().cases
    #expect(cases.count == 192)
    for one in cases {
      let found = Affine(rows: one.affine).axisDirections
      let expected = one.directions.map { direction in
        direction.map { AxisDirection(axis: $0[0], isForward: $0[1] == 1) }
      }
      #expect(found == expected, "\(one.affine)")
    }
  }

  @Test("The canonical grid has nibabel's shape and affine")
  func canonical() throws {
    for one in try Orientations.read().cases {
      guard let expectedShape = one.shape, let expected = one.canonical else { continue }
      let grid = CanonicalGrid(of: Grid(shape: shape, affine: Affine(rows: one.affine))).grid
      #expect(grid.shape == expectedShape)
      for (ours, theirs) in zip(grid.affine.rows.joined(), expected.joined()) {
        #expect(abs(ours - theirs) <= 1e-12 * max(1, abs(theirs)), "\(one.affine)")
      }
    }
  }

  @Test("Slices are nibabel's canonical array, transposed and with the top first")
  func slices() throws {
    let all = try Orientations.read().slices
    #expect(all.count == 62)
    for one in all {
      let grid = Grid(shape: shape, affine: Affine(rows: one.affine))
      let image = ScalarImage(grid: grid, values: (0..<grid.voxelCount).map(Double.init))
      for (plane, expected) in zip(SlicePlane.allCases, [one.axial, one.coronal, one.sagittal]) {
        for (index, rows) in expected.enumerated() {
          let slice = image.slice(plane, at: index)
          #expect(slice.rowCount == rows.count && slice.columnCount == rows[0].count)
          #expect(slice.values == Array(rows.joined()), "\(plane) \(index) of \(one.affine)")
        }
      }
    }
  }

  @Test(
    "A voxel in the right hemisphere is drawn on the right, the front and the top where they are")
  func marker() throws {
    for one in try Orientations.read().markers {
      try withTemporaryFolder { folder in
        let bytes = try #require(Data(base64Encoded: one.file))
        let image = try NIfTIReader(path: folder.put(Array(bytes), "marker.nii.gz")).readScalars()
        let map = ScalarImage(grid: image.grid, values: image.values.map { $0 > 0 ? $0 : .nan })
        let views = BrainViews(of: map)
        for view in views.slices + views.projections {
          let plane = view.values.plane
          let place = try #require(view.values.values.firstIndex(of: 7))
          let (row, column) = (place / view.values.columnCount, place % view.values.columnCount)
          #expect(column == one.marker[plane.rightwardAxis], "\(one.name), \(plane)")
          #expect(row == one.shape[plane.upwardAxis] - 1 - one.marker[plane.upwardAxis])
          #expect(column >= view.values.columnCount / 2, "\(one.name), \(plane): not right")
          #expect(row < view.values.rowCount / 2, "\(one.name), \(plane): not on top")
        }
        #expect(views.slices.allSatisfy { $0.values.valueCount == 1 })
        let positions = views.slices.map { $0.position ?? .nan }
        #expect(zip(positions, [9, 12, 18]).allSatisfy { abs($0 - $1) < 9 }, "\(positions)")
      }
    }
  }
}
