import ChiasmResponses
import Foundation
import ChiasmImaging
import ChiasmReporting
import TestSupport
import Testing
@testable import ChiasmResults
import ChiasmWorkflows

/// What another reader of NIfTI (nibabel) says of the files of other projects.
@Suite("Images of other projects, inspected")
struct InspectionConformance {
  struct Entry: Decodable, CustomTestStringConvertible, Sendable {
    let file: String
    let shape: [Int]?
    let dtype: String?
    let endian: String?
    let kind: String?
    let scl_slope, scl_inter: Double?
    let qform, sform: Int?
    let affine: [[Double]]?
    let min, max, mean, sum: Double?
    let nan: Int?
    let first8: [Double?]?
    let load_error, data_error: String?

    var testDescription: String { file }
    var path: String { SharedData.path("nifti-conformance/\(file)") }
    /// CIFTI-2 lies in a NIfTI-2 file, which is read for what it is.
    var isCIFTI: Bool { file.hasSuffix(".dconn.nii") }
    var isRefused: Bool {
      !isCIFTI && (load_error != nil || data_error != nil || dtype?.hasPrefix("[") == true)
    }
  }

  struct Answer: Decodable {
    let shape: [Int]
    let datatype, byte_order: String
    let nifti_version, qform_code, sform_code: Int
    let affine: [[Double]]
    let scl_slope, scl_inter: Double?
    let minimum, maximum, mean, sum: Double?
    let nan_count: Int
    let first_values: [Double?]
  }

  /// Empty where the data are absent or cannot be read, which the first test tells apart.
  static let entries: [Entry] = {
    let path = SharedData.path("nifti-conformance/manifest.json")
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return [] }
    // Python writes NaN where JSON has null.
    let data = Data(
      text.replacing(": NaN", with: ": null").replacing("   NaN", with: "   null").utf8)
    return (try? JSONDecoder().decode([Entry].self, from: data)) ?? []
  }()

  @Test(
    "The manifest is read whole",
    .enabled(if: SharedData.has("nifti-conformance"), "needs ../shared/data"))
  func manifest() {
    #expect(Self.entries.count == 52)
    #expect(Self.entries.count { $0.isRefused } == 5)
  }

  @Test(
    "Every file gives the numbers of the manifest",
    .enabled(if: SharedData.has("nifti-conformance"), "needs ../shared/data"),
    arguments: entries.filter { !$0.isRefused && !$0.isCIFTI })
  func numbers(entry: Entry) throws {
    let json = try Inspection(path: entry.path, withValues: true).json()
    let answer = try JSONDecoder().decode(Answer.self, from: Data(json.utf8))
    #expect(answer.shape == entry.shape)
    #expect(answer.byte_order == (entry.endian == ">" ? "big" : "little"))
    #expect(answer.nifti_version == (entry.kind?.contains("2") == true ? 2 : 1))
    #expect(answer.qform_code == entry.qform && answer.sform_code == entry.sform)
    #expect(answer.scl_slope == entry.scl_slope && answer.scl_inter == entry.scl_inter)
    #expect(answer.minimum == entry.min && answer.maximum == entry.max)
    #expect(answer.nan_count == entry.nan)
    #expect(answer.datatype == entry.dtype.map(Self.name))
    try expectClose(answer.affine.flatMap(\.self), entry.affine?.flatMap(\.self), within: 1e-5)
    try expectClose(
      [answer.sum, answer.mean].compactMap(\.self),
      [entry.sum, entry.mean].compactMap(\.self), within: 1e-12)
  }

  @Test(
    "The first values stand with i fastest, and the first row has those of the manifest",
    .enabled(if: SharedData.has("nifti-conformance"), "needs ../shared/data"),
    arguments: entries.filter { !$0.isRefused && !$0.isCIFTI })
  func firstValues(entry: Entry) throws {
    let json = try Inspection(path: entry.path, withValues: true).json()
    let answer = try JSONDecoder().decode(Answer.self, from: Data(json.utf8))
    #expect(answer.first_values.count == 8)
    // The manifest's have i slowest: only the very first is common to both orders.
    #expect(answer.first_values.first == entry.first8?.first)
    let reader = try NIfTIReader(path: entry.path)
    var volume: [Double] = []
    try reader.readVolume(into: &volume)
    #expect(answer.first_values == volume.prefix(8).map { $0.isNaN ? nil : $0 })
  }

  @Test(
    "A file that cannot be read gives one sentence that names it",
    .enabled(if: SharedData.has("nifti-conformance"), "needs ../shared/data"),
    arguments: entries.filter(\.isRefused))
  func refusals(entry: Entry) throws {
    let error = try #require(throws: WorkflowError.self) { try Inspection(path: entry.path) }
    let isMissing = entry.data_error != nil && entry.kind?.hasPrefix("Nifti") == true
    #expect(error.category == (isMissing ? .inputMissing : .badData))
    #expect(error.description.hasSuffix(".") && !error.description.contains("\n"))
    let stem = entry.file.split(separator: ".").first.map(String.init) ?? ""
    #expect(error.description.contains(stem))
  }

  @Test(
    "A CIFTI-2 file is the matrix that it is, in NIfTI-2",
    .enabled(if: SharedData.has("nifti-conformance"), "needs ../shared/data"),
    arguments: entries.filter(\.isCIFTI))
  func cifti(entry: Entry) throws {
    let text = try Inspection(path: entry.path).report.text()
    #expect(text.contains("CIFTI-2 matrix in a NIfTI-2 file") && text.contains("CIFTI-2"))
  }

  /// NumPy's name, which may tell the byte order: `>i2`.
  private static func name(_ dtype: String) -> String {
    [">i2": "int16", ">f4": "float32"][dtype] ?? dtype
  }

  private func expectClose(
    _ actual: [Double], _ expected: [Double]?, within tolerance: Double
  ) throws {
    let expected = try #require(expected)
    #expect(actual.count == expected.count)
    for (actual, expected) in zip(actual, expected) {
      #expect(abs(actual - expected) <= tolerance * max(1, abs(expected)))
    }
  }
}
