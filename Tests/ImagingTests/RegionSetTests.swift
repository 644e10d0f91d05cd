import ChiasmResponses
import Testing

@testable import ChiasmImaging

/// A grid of one row of voxels.
private func grid(_ count: Int, shift: Double = 0) -> Grid {
  Grid(
    shape: [count, 1, 1],
    affine: Affine(rows: [[2, 0, 0, shift], [0, 2, 0, 0], [0, 0, 2, 0]]))
}

private func atlas(_ name: String, _ labels: [Int32], _ table: String? = nil) throws -> RegionSource
{
  .atlas(
    name: name, image: LabelImage(grid: grid(labels.count), labels: labels),
    table: try table.map { try LabelTable(text: $0) })
}

private func mask(_ values: [Double]) -> RegionMask {
  RegionMask(grid: grid(values.count), isInside: values.map { $0 > 0 })
}

private func regions(
  _ sources: [RegionSource], _ merges: [String] = [], inside: RegionMask? = nil
) throws -> [String: [Int]] {
  let set = try RegionSet.assembled(
    from: sources, merges: merges.map { try RegionMerge($0) }, inside: inside
  ).regions
  return Dictionary(uniqueKeysWithValues: set.regions.map { ($0.name, $0.voxels) })
}

@Suite("Regions: labels as they are")
struct RegionLabelTests {
  @Test("Every label with voxels is a region in the table's order, then those without a name")
  func order() throws {
    let (set, report) = try RegionSet.assembled(
      from: [try atlas("a", [7, -1, 0, 1035, 7, 2], "7 hV4\n9 IT\n2 V1\n")])
    #expect(set.regions.map(\.name) == ["hV4", "V1", "1035"])
    #expect(set.regions.map(\.voxels) == [[0, 4], [5], [3]])
    #expect(report.emptyLabels.map(\.name) == ["IT"])
    #expect(report.labelsLeftOut.map(\.name) == ["IT"])
    #expect(report.unnamedLabels.map(\.indices) == [[1035]])
    #expect(report.regions.map(\.voxelCount) == [2, 1, 1])
  }

  @Test("Without a table labels are named by their numbers, and none counts as unnamed")
  func numbers() throws {
    let wide: [Int32] = [11101, 127, 128, 255, 256, 1035, .max]
    let (set, report) = try RegionSet.assembled(from: [try atlas("a", wide)])
    #expect(set.regions.map(\.name) == wide.sorted().map(String.init))
    #expect(report.unnamedLabels.isEmpty)
  }

  @Test("Labels that share a name are one region, and each is told")
  func sharedName() throws {
    let (set, report) = try RegionSet.assembled(
      from: [try atlas("a", [2, 1, 2, 3], "1 V1\n2 V1\n3 V2\n")])
    #expect(set.regions.map(\.voxels) == [[0, 1, 2], [3]])
    #expect(report.regions[0].labels[0].indices == [1, 2])
    #expect(try regions([try atlas("a", [2, 1, 2], "1 V1\n2 V1\n")], ["x=2"]) == ["x": [0, 2]])
  }

  @Test("Names that two atlases share get the atlas before them")
  func sameNameInTwoAtlases() throws {
    let sources = [try atlas("a", [1, 2], "1 V1\n2 V2\n"), try atlas("b", [1, 1], "1 V1\n")]
    #expect(try regions(sources) == ["a:V1": [0], "V2": [1], "b:V1": [0, 1]])
  }

  @Test("A voxel may be in several regions")
  func masks() throws {
    let sources: [RegionSource] = [
      try atlas("a", [1, 1, 0, 0, 0]),
      .mask(name: "FFA", mask: mask([0, 1, 0, 0, 1])),
    ]
    #expect(try regions(sources) == ["1": [0, 1], "FFA": [1, 4]])
  }

  @Test("The overall mask restricts every region, and a label that it empties makes none unasked")
  func overallMask() throws {
    let sources = [try atlas("a", [1, 1, 2])]
    #expect(try regions(sources, inside: mask([0, 1, 0])) == ["1": [1]])
    #expect(try regions(sources, ["x=2"], inside: mask([0, 1, 0])) == ["x": []])
    #expect(throws: ImagingError.noLabelledVoxels(sources: ["a"])) {
      try regions(sources, inside: mask([0, 0, 0]))
    }
    #expect(try regions(sources, ["x=2+1"], inside: mask([0, 1, 1])) == ["x": [1, 2]])
  }

  @Test("Images on two grids, no image, and one name for two masks are errors")
  func refusing() throws {
    let shifted = RegionSource.mask(
      name: "b", mask: RegionMask(grid: grid(2, shift: 1), isInside: [true, true]))
    #expect(throws: ImagingError.regionGridsDiffer(first: "a", second: "b")) {
      try regions([try atlas("a", [1, 2]), shifted])
    }
    #expect(throws: ImagingError.regionGridsDiffer(first: "a", second: "the mask")) {
      try regions([try atlas("a", [1, 2])], inside: mask([1]))
    }
    #expect(throws: ImagingError.noRegions) { try regions([]) }
    #expect(throws: ImagingError.regionNamedTwice(name: "m")) {
      try regions([.mask(name: "m", mask: mask([1])), .mask(name: "m", mask: mask([1]))])
    }
  }
}

@Suite("Regions: merges")
struct RegionMergeTests {
  private let early = "1 V1v\n2 V1d\n7 hV4\n"

  @Test("A merge unites labels by name and by number, and a voxel counts once")
  func union() throws {
    let sources: [RegionSource] = [
      try atlas("a", [1, 2, 7, 1, 0], early), .mask(name: "m", mask: mask([0, 0, 0, 1, 1])),
    ]
    #expect(
      try regions(sources, ["V1 = V1v + 2", "hV4", "x=V1v+m"])
        == ["V1": [0, 1, 3], "hV4": [2], "x": [0, 3, 4]])
  }

  @Test("With merges the regions are those, and the masks that no merge uses")
  func unusedMask() throws {
    let set = try RegionSet.assembled(
      from: [.mask(name: "FFA", mask: mask([1, 0])), try atlas("a", [1, 2], early)],
      merges: [try RegionMerge("V1=V1v")])
    #expect(set.regions.regions.map(\.name) == ["V1", "FFA"])
  }

  @Test("A name that holds + or = is matched whole first")
  func signsInNames() throws {
    let sources = [try atlas("a", [1, 2, 3, 4], "1 hMT+\n2 a=b\n3 V3A+V3B\n4 V3A\n")]
    #expect(
      try regions(sources, ["MT=hMT++V3A", "a=b", "V3=V3A+V3B", "V3A+V3B"])
        == ["MT": [0, 3], "a=b": [1], "V3": [2], "V3A+V3B": [2]])
  }

  @Test("An atlas before the label chooses among atlases that share it")
  func qualifier() throws {
    let sources = [try atlas("prf", [1, 0], "1 V1\n"), try atlas("streams", [0, 1], "1 V1\n")]
    #expect(try regions(sources, ["V1=streams:V1"]) == ["V1": [1]])
    #expect(try regions(sources, ["V1=streams:1+prf:V1"]) == ["V1": [0, 1]])
    let error = #expect(throws: ImagingError.self) { try regions(sources, ["V1"]) }
    #expect(
      error
        == .ambiguousLabel(label: "V1", region: "V1", candidates: ["prf:V1", "streams:V1"]))
  }

  @Test(
    "An area without a hemisphere is its left and its right label",
    arguments: [
      ("L_V1_ROI", "R_V1_ROI"), ("lh.V1", "rh.V1"), ("V1_L", "V1_R"), ("Left V1", "Right V1"),
      ("ctx-lh-V1", "ctx-rh-V1"), ("V1_left", "V1_right"),
    ])
  func hemispheres(left: String, right: String) throws {
    let source = try atlas("a", [1, 2, 3], "1\t\(left)\n2\t\(right)\n3\tL_V2\n")
    let (set, report) = try RegionSet.assembled(from: [source], merges: [try RegionMerge("V1")])
    #expect(set.regions.map(\.voxels) == [[0, 1]])
    #expect(report.regions[0].unions == ["V1 = \(left) + \(right)"])
    #expect(report.regions[0].labels.map(\.name) == [left, right])
    #expect(throws: ImagingError.self) { try regions([source], ["V2"]) }
  }

  @Test("A label of the very name goes before a left and a right one")
  func exactNameFirst() throws {
    let sources = [try atlas("a", [1, 2, 3], "1 L_V1\n2 R_V1\n3 V1\n")]
    #expect(try regions(sources, ["V1"]) == ["V1": [2]])
  }

  @Test("More than one left and one right label is an error that names them")
  func ambiguousHemispheres() throws {
    let sources = [try atlas("a", [1, 2, 3], "1 L_V1\n2 R_V1\n3 V1_L\n")]
    #expect(
      throws: ImagingError.ambiguousLabel(
        label: "V1", region: "V1", candidates: ["a:L_V1", "a:R_V1", "a:V1_L"])
    ) { try regions(sources, ["V1"]) }
  }

  @Test("One name in a left and a right atlas is both together")
  func sidedAtlases() throws {
    let sources = [
      try atlas("maxprob_vol_lh", [1, 0, 0], "1 V1v\n"),
      try atlas("maxprob_vol_rh", [0, 1, 0], "1 V1v\n"),
    ]
    #expect(try regions(sources, ["V1=V1v"]) == ["V1": [0, 1]])
  }

  @Test("An unknown member is an error with close names, or all of them")
  func unknownMember() throws {
    let sources = [try atlas("a", [1, 2, 7], early)]
    #expect(
      throws: ImagingError.unknownLabel(label: "v1", region: "x", candidates: ["V1v", "V1d"])
    ) { try regions(sources, ["x=v1"]) }
    #expect(
      throws: ImagingError.unknownLabel(
        label: "IT", region: "IT", candidates: ["V1v", "V1d", "hV4"])
    ) { try regions(sources, ["IT"]) }
  }

  @Test("Text without a name or a label is refused", arguments: ["", "=V1", "V1=", "x=V1v++V1d"])
  func malformed(text: String) throws {
    let sources = [try atlas("a", [1, 2, 7], early)]
    #expect(throws: ImagingError.self) { try regions(sources, [text]) }
  }

  @Test("Several labels need a name")
  func nameless() throws {
    let sources = [try atlas("a", [1, 2, 7], early)]
    #expect(throws: ImagingError.malformedMerge(text: "V1v+V1d")) {
      try regions(sources, ["V1v+V1d"])
    }
  }

  @Test("Two merges of one name are an error")
  func regionNamedTwice() throws {
    let sources = [try atlas("a", [1, 2, 7], early)]
    #expect(throws: ImagingError.regionNamedTwice(name: "x")) {
      try regions(sources, ["x=V1v", "x=V1d"])
    }
  }
}
