import ChiasmResponses
import Foundation
import ChiasmImaging
import TestSupport
import Testing

/// What nibabel reads of a file, or why it does not.
struct ConformanceEntry: Decodable, Sendable, CustomTestStringConvertible {
  let file: String
  let kind: String?
  let shape: [Int]?
  let dtype: String?
  let endian: String?
  let scl_slope: Double?
  let scl_inter: Double?
  let qform: Int?
  let sform: Int?
  let ext: Int?
  let affine: [[Double]]?
  let first8: [Double]?
  let mid: Double?
  let min: Double?
  let max: Double?
  let mean: Double?
  let sum: Double?
  let nan: Int?
  let load_error: String?
  let data_error: String?
  var testDescription: String { file }
  var path: String { SharedData.path("nifti-conformance/" + file) }

  static let all: [ConformanceEntry] = {
    guard
      let bytes = FileManager.default.contents(
        atPath: SharedData.path("nifti-conformance/manifest.json"))
    else { return [] }
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true  // Python writes NaN, which is no JSON
    return (try? decoder.decode([ConformanceEntry].self, from: bytes)) ?? []
  }()

  /// The files that nibabel reads to the last voxel.
  static let readable = all.filter { $0.sum != nil && $0.dtype != rgb }
  static let rgb = "[('R', 'u1'), ('G', 'u1'), ('B', 'u1')]"
}

@Suite(
  "Reference: files of other projects as nibabel reads them",
  .enabled(if: SharedData.has("nifti-conformance"), "the folder ../shared/data is not here"))
struct NIfTIConformanceTests {
  @Test("The manifest is whole")
  func manifest() {
    #expect(ConformanceEntry.all.count == 52)
    #expect(ConformanceEntry.readable.count == 46)
  }

  @Test("Header and numbers agree with nibabel", arguments: ConformanceEntry.readable)
  func readable(_ entry: ConformanceEntry) throws {
    try header(entry)
    let reader = try NIfTIReader(path: entry.path)
    let values = try reader.readAll()
    #expect(values.count(where: \.isNaN) == entry.nan)
    let numbers = values.filter { !$0.isNaN }
    #expect(near(numbers.min(), entry.min) && near(numbers.max(), entry.max))
    let sum = numbers.reduce(0, +)
    // Sums of mixed signs lose digits; what counts is the size of what was added.
    let size = numbers.reduce(0) { $0 + abs($1) }
    #expect(abs(sum - (entry.sum ?? .nan)) <= 1e-10 * Swift.max(size, 1))
    let mean = sum / Double(numbers.count)
    #expect(abs(mean - (entry.mean ?? .nan)) <= 1e-10 * Swift.max(size / Double(numbers.count), 1))
    #expect(same(Array(values.prefix(8)), try #require(entry.first8)))
    #expect(same([values[values.count / 2]], [try #require(entry.mid)]))
  }

  private func header(_ entry: ConformanceEntry) throws {
    let header = try NIfTIHeader(path: entry.path)
    #expect(header.shape == entry.shape)
    let short = [">i2": "int16", ">f4": "float32"]
    #expect(header.datatype.name == entry.dtype.map { short[$0] ?? $0 })
    #expect(header.byteOrder == (entry.endian == ">" ? .big : .little))
    #expect(header.version == (entry.kind?.hasPrefix("Nifti2") == true ? 2 : 1))
    #expect(header.isSingleFile == (entry.kind?.hasSuffix("Pair") != true))
    #expect(header.sclSlope == entry.scl_slope && header.sclIntercept == entry.scl_inter)
    #expect(header.qformCode == entry.qform && header.sformCode == entry.sform)
    #expect(header.extensions.count == entry.ext)
    let affine = header.affine.rows + [[0, 0, 0, 1]]
    let difference = zip(affine.joined(), (entry.affine ?? []).joined()).map { abs($0 - $1) }
    #expect(difference.count == 16 && difference.allSatisfy { $0 < 1e-5 })
  }

  @Test("Each gets a clear error that nibabel does not read, and RGB is refused by name")
  func unreadable() throws {
    for entry in ConformanceEntry.all where entry.data_error != nil {
      let expected = entry.file.hasSuffix("analyze.hdr") ? "Analyze" : ".img: no such file"
      #expect("\(try #require(failure(entry.path)))".contains(expected))
    }
    let rgb = try #require(ConformanceEntry.all.first { $0.dtype == ConformanceEntry.rgb })
    #expect("\(try #require(failure(rgb.path)))".contains("rgb24"))
    let empty = try #require(ConformanceEntry.all.first { $0.file.hasSuffix("empty.nii.gz") })
    #expect("\(try #require(failure(empty.path)))".contains("empty"))
  }

  @Test("A pair without its image still has the header that nibabel reads")
  func headersAlone() throws {
    let alone = ConformanceEntry.all.filter {
      $0.data_error != nil && $0.kind != "Spm2AnalyzeImage"
    }
    #expect(alone.count == 2)
    for entry in alone {
      let header = try NIfTIHeader(path: entry.path)
      #expect(header.shape == entry.shape && header.datatype.name == entry.dtype)
    }
  }

  @Test("A CIFTI-2 file is read for what it is: NIfTI-2 with an extension")
  func cifti() throws {
    let entry = try #require(ConformanceEntry.all.first { $0.file.hasSuffix(".dconn.nii") })
    let reader = try NIfTIReader(path: entry.path)
    #expect(reader.header.shape == [1, 1, 1, 1, 10, 10])
    #expect(reader.header.extensions.map(\.code) == [32])
    #expect(try reader.readAll().count == 100)
  }

  private func near(_ first: Double?, _ second: Double?) -> Bool {
    guard let first, let second else { return false }
    return abs(first - second) <= 1e-12 * Swift.max(abs(first), abs(second))
  }
}
