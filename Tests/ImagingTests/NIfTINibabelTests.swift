import ChiasmResponses
import Foundation
import ChiasmImaging
import TestSupport
import Testing

/// What `Reference/read_with_nibabel.py` prints.
private struct Nibabel: Decodable {
  let shape: [Int]
  let dtype: String
  let version: Int
  let affine: [[Double]]
  let qform: [[Double]]
  let sform: [[Double]]
  let qform_code: Int
  let sform_code: Int
  let unit: String
  let extensions: [Int]
  let description: String
  let values: [String]

  static func run(_ arguments: [String]) throws -> Data? {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? bytes : nil
  }

  static let isHere = (try? run(["-c", "import nibabel"])) != nil

  init(reading path: String) throws {
    let script = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Reference/read_with_nibabel.py").path
    let bytes = try #require(try Self.run([script, path]))
    self = try JSONDecoder().decode(Nibabel.self, from: bytes)
  }
}

@Suite(
  "Reference: nibabel reads what is written",
  .enabled(if: Nibabel.isHere, "python3 with nibabel is not here"))
struct NIfTINibabelTests {
  private let volume: [Double] = [0.5, -1, .nan, .infinity, 7, 8, 9, 10, 11, 12, 13, 14]

  private func agree(_ first: [[Double]], _ second: Affine) -> Bool {
    zip(first.joined(), second.rows.joined()).allSatisfy { abs($0 - $1) < 1e-5 }
  }

  @Test(
    "Numbers, place, codes and extensions are what was meant", arguments: ["a.nii", "a.nii.gz"])
  func everything(_ name: String) throws {
    var image = NIfTIBytes((0..<12).map { UInt8($0) }, shape: [3, 2, 2], datatype: 2, order: .big)
    (image.qformCode, image.sformCode) = (1, 4)
    image.pixdim = [-1, 2.1, 3.3, 4.7, 1, 1, 1, 1]
    image.quaternion = [0.11, -0.23, 0.37, 1.1, 2.2, 3.3]
    image.sform = [2.1, 0.3, 0, -10.7, 0, 2.3, -0.1, -20.1, 0.7, 0, 2.9, -30.3]
    image.extensions = [(6, nil, [UInt8](repeating: 65, count: 24))]
    image.text = "a map"
    try withTemporaryFolder { folder in
      let template = try NIfTIHeader(path: folder.put(image.file, "template.nii"))
      let path = folder.appending(path: name).path
      try NIfTIWriter.write([volume, volume.reversed()], to: path, like: template)
      let read = try Nibabel(reading: path)
      #expect(read.shape == [3, 2, 2, 2] && read.dtype == "float32" && read.version == 1)
      #expect((read.qform_code, read.sform_code) == (1, 4))
      #expect(agree(read.affine, template.affine) && agree(read.sform, template.sform))
      #expect(agree(read.qform, template.qform))
      #expect(read.unit == "mm" && read.extensions == [6] && read.description == "a map")
      #expect(same(read.values.map { Double($0) ?? 0.125 }, volume + volume.reversed()))
    }
  }

  @Test("Scaled integers, labels and long images are what was meant")
  func others() throws {
    let affine = Affine(rows: [[0, -2, 0, 5], [0, 0, 3, 6], [4, 0, 0, 7]])
    let grid = Grid(shape: [3, 2, 2], affine: affine)
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "a.nii").path
      var writer = try NIfTIWriter(
        path: path, like: NIfTIHeader(grid: grid), datatype: .int16, slope: 0.25, intercept: 3)
      try writer.write((0..<12).map { Double($0) / 4 })
      try writer.commit()
      #expect(try Nibabel(reading: path).values == (0..<12).map { "\(Double($0) / 4)" })
      let labels = LabelImage(
        grid: grid, labels: [0, 127, 128, 255, 256, 1035, 11101, 0, 0, 0, 0, -1])
      let second = folder.appending(path: "b.nii.gz").path
      try NIfTIWriter.write(labels, to: second, like: NIfTIHeader(grid: grid))
      let read = try Nibabel(reading: second)
      #expect(read.dtype == "int32" && read.shape == [3, 2, 2])
      #expect(read.values == labels.labels.map { "\(Double($0))" })
      #expect(agree(read.affine, affine))
      let long = Grid(shape: [40000, 1, 1], affine: affine)
      let third = folder.appending(path: "c.nii.gz").path
      try NIfTIWriter.write(
        [[Double](repeating: 2, count: 40000)], to: third, like: NIfTIHeader(grid: long))
      let wide = try Nibabel(reading: third)
      #expect(wide.version == 2 && wide.shape == [40000, 1, 1])
      #expect(wide.values.allSatisfy { $0 == "2.0" })
    }
  }
}
