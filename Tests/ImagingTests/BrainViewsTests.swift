import ChiasmResponses
import Testing

@testable import ChiasmImaging

@Suite("Two ways: the choice of slices")
struct SliceChoiceTests {
  /// All choices of `limit` slices, tried one after the other.
  private func bruteForce(_ counts: [Int], _ limit: Int) -> Int {
    guard let first = counts.firstIndex(where: { $0 > 0 }),
      let last = counts.lastIndex(where: { $0 > 0 })
    else { return 0 }
    let gap = max(1, (last - first + 1) / (limit + 1))
    return (0..<(1 << counts.count)).reduce(0) { best, bits in
      let chosen = counts.indices.filter { bits >> $0 & 1 == 1 }
      let isApart = zip(chosen, chosen.dropFirst()).allSatisfy { $1 - $0 >= gap }
      guard chosen.count <= limit, isApart else { return best }
      return max(best, chosen.reduce(0) { $0 + counts[$1] })
    }
  }

  @Test("No other choice of slices so far apart holds more voxels", arguments: 1...5)
  func most(_ limit: Int) {
    for seed in 1...12 {
      let counts = (0..<11).map { ($0 * $0 * seed + 3 * seed) % 7 }
      let chosen = SliceChoice.indices(of: counts, limit: limit)
      #expect(chosen.reduce(0) { $0 + counts[$1] } == bruteForce(counts, limit))
      #expect(chosen.allSatisfy { counts[$0] > 0 } && chosen == chosen.sorted())
      #expect(chosen.count <= limit)
    }
  }

  @Test("Few slices with voxels are all shown; none, when there are none")
  func few() {
    #expect(SliceChoice.indices(of: [0, 0, 5, 0, 0], limit: 4) == [2])
    #expect(SliceChoice.indices(of: [0, 2, 5, 0, 1], limit: 4) == [1, 2, 4])
    #expect(SliceChoice.indices(of: [0, 0], limit: 3) == [])
    #expect(SliceChoice.indices(of: [3], limit: 0) == [])
    #expect(SliceChoice.indices(of: [4, 4, 4, 4, 4, 4], limit: 2) == [0, 2])
  }
}

@Suite("Contract: views of a brain")
struct BrainViewsTests {
  private let grid = Grid(
    shape: [6, 8, 4], affine: Affine(rows: [[-2, 0, 0, 5], [0, 2, 0, -7], [0, 0, 3, 10]]))

  private func image(_ value: (Int) -> Double) -> ScalarImage {
    ScalarImage(grid: grid, values: (0..<grid.voxelCount).map(value))
  }

  @Test("One voxel makes one slice a plane, at its millimetres")
  func oneVoxel() {
    let voxel = grid.offset(1, 6, 2)
    let views = BrainViews(of: image { $0 == voxel ? 0.5 : .nan })
    #expect(views.slices.map(\.values.plane) == [.axial, .coronal, .sagittal])
    #expect(views.slices.map { $0.position } == [16, 5, 3])
    #expect((views.slices + views.projections).allSatisfy { $0.values.valueCount == 1 })
    #expect(views.projections.allSatisfy { $0.position == nil && $0.values.values.contains(0.5) })
    let close = BrainViews(of: image { $0 == voxel ? 0.5 : .nan }, margin: 1)
    #expect(close.projections.map(\.values.rowCount) == [3, 3, 3])
  }

  @Test("A map without a value shows the middle slices, and nothing on them")
  func nothing() {
    let views = BrainViews(of: image { _ in .nan }, margin: 2)
    #expect(views.slices.count == 3 && views.projections.count == 3)
    #expect(views.slices.allSatisfy { $0.values.valueCount == 0 && $0.region.valueCount == 0 })
    #expect(views.slices(.axial).first?.values.rowCount == 8)
  }

  @Test("Only the voxels asked for are shown; those without a value belong to the region")
  func region() {
    let voxels = [grid.offset(2, 2, 1), grid.offset(3, 2, 1)]
    let views = BrainViews(of: image { $0 == voxels[0] ? .nan : 4 }, voxels: voxels)
    let axial = views.slices(.axial)
    #expect(axial.count == 1 && axial[0].values.valueCount == 1)
    #expect(axial[0].region.valueCount == 2)
  }

  @Test("Labels shown are above 0; a projection shows the commonest")
  func labels() {
    var labels = [Int32](repeating: -1, count: grid.voxelCount)
    for k in 0..<4 { labels[grid.offset(1, 1, k)] = k < 3 ? 2 : 11101 }
    let map = ScalarImage(LabelImage(grid: grid, labels: labels))
    let views = BrainViews(of: map, rule: .commonest)
    #expect(views.projections[0].values.values.filter { !$0.isNaN } == [2])
    #expect(views.slices(.axial).count == 4)
  }

  @Test("Each slice has its anatomy, on the same rectangle")
  func anatomy() {
    let fine = Grid(
      shape: [24, 32, 24],
      affine: Affine(rows: [[0.5, 0, 0, -6], [0, 0.5, 0, -8], [0, 0, 0.5, 9]]))
    let anatomy = ScalarImage(grid: fine, values: [Double](repeating: 3, count: fine.voxelCount))
    let views = BrainViews(of: image { Double($0 % 5) }, anatomy: anatomy, limit: 2)
    #expect(views.slices.count == 6)
    for view in views.slices {
      let width = view.background?.width ?? 0
      #expect(abs(width - view.values.width) < 1e-9)
      #expect((view.background?.valueCount ?? 0) > 0)
    }
    // The anatomy is 3 wherever it is, and fills the map's grid from end to end.
    for view in views.projections {
      let shadow = view.background?.values ?? []
      #expect(!shadow.isEmpty && shadow.allSatisfy { $0 == 3 })
    }
    #expect(BrainViews(of: image { Double($0) }).projections.allSatisfy { $0.background == nil })
  }
}
