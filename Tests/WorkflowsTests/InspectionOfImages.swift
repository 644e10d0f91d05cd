import ChiasmResponses
import Foundation
import ChiasmImaging
import ChiasmReporting
import TestSupport
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("An image, inspected")
struct InspectionOfImages {
  private static let grid = Grid(
    shape: [4, 3, 1],
    affine: Affine(rows: [[-2, 0, 0, 10], [0, 2, 0, -20], [0, 0, 2.5, 30]]))

  private func write(
    _ values: [Double], to folder: URL, datatype: NIfTIDatatype = .float32
  ) throws -> String {
    let path = folder.appending(path: "image.nii.gz").path
    try NIfTIWriter.write(
      [values], to: path, like: NIfTIHeader(grid: Self.grid), datatype: datatype)
    return path
  }

  private func json(_ inspection: Inspection) throws -> [String: Any] {
    let object = try JSONSerialization.jsonObject(with: Data(inspection.json().utf8))
    return try #require(object as? [String: Any])
  }

  @Test("The JSON has the keys of the contract, and no others")
  func keys() throws {
    try withTemporaryFolder { folder in
      let path = try write((0..<12).map { Double($0) + 0.5 }, to: folder)
      let header: Set = [
        "shape", "datatype", "byte_order", "nifti_version", "affine", "qform_code", "sform_code",
        "scl_slope", "scl_inter",
      ]
      let values: Set = ["minimum", "maximum", "mean", "sum", "nan_count", "first_values"]
      #expect(Set(try json(Inspection(path: path)).keys) == header)
      let all = try json(Inspection(path: path, withValues: true))
      #expect(Set(all.keys) == header.union(values))
      #expect(all["affine"] as? [[Double]] == Self.grid.affine.rows + [[0, 0, 0, 1]])
      #expect(all["sum"] as? Double == 72)
    }
  }

  @Test("NaN is left out of sums, counted, and null among the first values")
  func missingValues() throws {
    try withTemporaryFolder { folder in
      let path = try write([.nan, 1, 2] + Array(repeating: 3, count: 9), to: folder)
      let all = try json(Inspection(path: path, withValues: true))
      #expect(all["nan_count"] as? Int == 1)
      #expect(all["mean"] as? Double == 30.0 / 11)
      #expect((all["first_values"] as? [Any])?.first is NSNull)
    }
  }

  @Test("An image of nothing but NaN has null for its minimum")
  func nothing() throws {
    try withTemporaryFolder { folder in
      let path = try write(Array(repeating: .nan, count: 12), to: folder)
      let all = try json(Inspection(path: path, withValues: true))
      #expect(all["minimum"] is NSNull && all["mean"] is NSNull)
      #expect(all["nan_count"] as? Int == 12)
    }
  }

  @Test("Labels are counted and named by the table beside the image")
  func labels() throws {
    try withTemporaryFolder { folder in
      let path = try write([0, 0, 0, 1, 1, 5, 5, 5, 5, -1, -1, 9], to: folder, datatype: .int16)
      try "index\tname\n1\tV1\n5\tIT\n".write(
        to: folder.appending(path: "image_dseg.tsv"), atomically: true, encoding: .utf8)
      let labels = try ImageFinding(path: path, withValues: false).labels
      #expect(labels?.map(\.index) == [-1, 0, 1, 5, 9])
      #expect(labels?.map(\.name) == [nil, nil, "V1", "IT", nil])
      #expect(labels?.map(\.voxels) == [2, 3, 2, 4, 1])
      #expect(try Inspection(path: path).report.text().contains("\n      1  V1         2\n"))
    }
  }

  @Test("A damaged table beside the image is told, and the image is inspected all the same")
  func damagedTable() throws {
    try withTemporaryFolder { folder in
      let path = try write(Array(repeating: 1, count: 12), to: folder, datatype: .uint8)
      try "index\tname\nx\tV1\n".write(
        to: folder.appending(path: "image_dseg.tsv"), atomically: true, encoding: .utf8)
      let text = try Inspection(path: path).report.text()
      #expect(text.contains("Labels (1)") && text.contains("image_dseg.tsv: not a label table"))
    }
  }

  @Test("Values with a fraction, and too many values, are no labels")
  func noLabels() {
    var counts = LabelCounts()
    counts.add([1, 1, 2.5])
    #expect(counts.voxels == nil)
    counts = LabelCounts()
    counts.add((0..<500).map(Double.init))
    #expect(counts.voxels?.count == 500)
    counts.add([0, 500])
    #expect(counts.voxels == nil)
  }

  @Test("A sum keeps what small values add to large ones")
  func sum() {
    var summary = ValueSummary()
    for part in [[1e16, 1], [.nan, 1], [-1e16]] { summary.add(part) }
    #expect(summary.sum == 2)
    #expect(summary.count == 4 && summary.nanCount == 1)
    summary.add([.infinity])
    #expect(summary.sum == .infinity && summary.maximum == .infinity)
  }
}
