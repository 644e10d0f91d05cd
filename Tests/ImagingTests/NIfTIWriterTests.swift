import ChiasmResponses
import Foundation
import TestSupport
import Testing

import ChiasmFiles
@testable import ChiasmImaging

@Suite("Laws of writing NIfTI") struct NIfTIWriterTests {
  private let grid = Grid(
    shape: [3, 2, 2],
    affine: Affine(rows: [[-2, 0.1, 0, 90], [0.1, 2, 0.2, -126], [0, -0.2, 2, -72]]))

  /// A file with every field that writing should keep.
  private var rich: NIfTIBytes {
    var image = NIfTIBytes(
      (0..<12).map { Int16($0) }, shape: [3, 2, 2], datatype: 4, order: .big)
    (image.qformCode, image.sformCode) = (1, 4)
    image.pixdim = [-1, 2.1, 3.3, 4.7, 1, 1, 1, 1]
    image.quaternion = [0.11, -0.23, 0.37, 1.1, 2.2, 3.3]
    image.sform = [2.1, 0.3, 0, -10.7, 0, 2.3, -0.1, -20.1, 0.7, 0, 2.9, -30.3]
    image.text = "made by hand"
    image.intent = (3, "t")
    image.extensions = [
      (6, nil, [UInt8](repeating: 65, count: 24)), (4, nil, [1, 2, 3, 4, 5, 6, 7, 8]),
    ]
    return image
  }

  @Test("What is written is read, NaN and infinities too", arguments: ["a.nii", "a.nii.gz"])
  func roundTrip(_ name: String) throws {
    let quarters: [Double] = (0..<12).map { Double($0) / 4 }
    let odd: [Double] = [.nan, .infinity, -.infinity]
    let volumes = [quarters, odd + (0..<9).map { -Double($0) }]
    try withTemporaryFolder { folder in
      let path = folder.appending(path: name).path
      try NIfTIWriter.write(volumes, to: path, like: NIfTIHeader(grid: grid))
      let reader = try NIfTIReader(path: path)
      #expect(reader.header.shape == [3, 2, 2, 2])
      #expect(reader.header.datatype == .float32)
      #expect(reader.header.sformCode == 1 && reader.header.qformCode == 0)
      #expect(reader.grid.matches(grid, tolerance: 1e-5))
      #expect(same(try reader.readAll(), volumes.flatMap(\.self)))
      #expect(
        try Data(contentsOf: URL(filePath: path)).starts(with: [0x1f, 0x8b]) == (name != "a.nii"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [name])
    }
  }

  @Test("Each datatype keeps its extremes", arguments: NIfTIDatatype.allCases)
  func datatypes(_ datatype: NIfTIDatatype) throws {
    let extremes: (Double, Double) =
      switch datatype {
      case .uint8: (0, 255)
      case .int8: (-128, 127)
      case .uint16: (0, 65535)
      case .int16: (-32768, 32767)
      case .uint32: (0, 4_294_967_295)
      case .int32: (-2_147_483_648, 2_147_483_647)
      case .uint64: (0, 0x1p63)
      case .int64: (-0x1p63, 0x1p62)
      case .float32: (-0x1.fffffep127, 0x1p-149)
      case .float64: (-.greatestFiniteMagnitude, .leastNonzeroMagnitude)
      }
    let volume = [extremes.0, extremes.1] + [Double](repeating: 1, count: 10)
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "a.nii").path
      let header = NIfTIHeader(grid: grid)
      try NIfTIWriter.write([volume], to: path, like: header, datatype: datatype)
      #expect(try NIfTIHeader(path: path).datatype == datatype)
      #expect(try values(path) == volume)
    }
  }

  @Test("Place, codes, intent, description and extensions of a template are kept exactly")
  func template() throws {
    try withTemporaryFolder { folder in
      let template = try NIfTIHeader(path: folder.put(rich.file, "rich.nii"))
      let path = folder.appending(path: "copy.nii.gz").path
      try NIfTIWriter.write([(0..<12).map(Double.init)], to: path, like: template)
      let copy = try NIfTIHeader(path: path)
      #expect(copy.shape == [3, 2, 2])
      #expect(copy.qform == template.qform && copy.sform == template.sform)
      #expect((copy.qformCode, copy.sformCode) == (1, 4))
      #expect(Array(copy.pixdim[0...3]) == Array(template.pixdim[0...3]))
      #expect(copy.extensions == template.extensions && copy.extensions.count == 2)
      #expect(copy.description == "made by hand")
      #expect(copy.intentCode == 3 && copy.intentName == "t")
      #expect(copy.spatialUnit == .millimetre)
    }
  }

  @Test("An image that has only a qform, or no form at all, keeps its place")
  func withoutSform() throws {
    try withTemporaryFolder { folder in
      for qformCode in [2, 0] {
        var image = rich
        (image.qformCode, image.sformCode) = (qformCode, 0)
        let template = try NIfTIHeader(path: folder.put(image.file, "template.nii"))
        let path = folder.appending(path: "copy.nii").path
        try NIfTIWriter.write(
          [(0..<12).map(Double.init)], to: path, like: template, replacing: true)
        #expect(try NIfTIHeader(path: path).affine == template.affine)
      }
    }
  }

  @Test("With a slope, integers hold fractions to half a slope")
  func slope() throws {
    let volume = (0..<12).map { Double($0) * 0.77 - 3 }
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "a.nii").path
      var writer = try NIfTIWriter(
        path: path, like: NIfTIHeader(grid: grid), volumeCount: 1, datatype: .int16, slope: 0.01,
        intercept: 100)
      try writer.write(volume)
      try writer.commit()
      let reader = try NIfTIReader(path: path)
      #expect(reader.header.shape == [3, 2, 2, 1])
      #expect(reader.header.sclSlope == Double(Float(0.01)))
      #expect(zip(try reader.readAll(), volume).allSatisfy { abs($0 - $1) < 0.005001 })
    }
  }

  @Test("Labels are written as int32 and read as they were")
  func labels() throws {
    let labels: [Int32] = [0, 127, 128, 255, 256, 1035, 11101, -1, .max, .min, 1, 2]
    let image = LabelImage(grid: grid, labels: labels)
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "a_dseg.nii.gz").path
      try NIfTIWriter.write(image, to: path, like: NIfTIHeader(grid: grid))
      let reader = try NIfTIReader(path: path)
      #expect(reader.header.datatype == .int32 && reader.header.intentCode == 1002)
      #expect(try reader.readLabels().labels == labels)
    }
  }

  @Test("A value that the datatype cannot hold is an error and leaves no file")
  func unrepresentable() throws {
    let cases: [(Double, NIfTIDatatype)] = [
      (70000, .int16), (.nan, .int32), (-1, .uint8), (1e39, .float32), (.infinity, .int64),
    ]
    try withTemporaryFolder { (folder: URL) throws in
      let path = folder.appending(path: "a.nii.gz").path
      for (value, datatype) in cases {
        let volume = [0, value] + [Double](repeating: 0, count: 10)
        let error = #expect(throws: ImagingError.self) {
          try NIfTIWriter.write(
            [volume], to: path, like: NIfTIHeader(grid: grid), datatype: datatype)
        }
        #expect("\(error.map(String.init(describing:)) ?? "")".contains("as \(datatype.name)"))
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
  }

  @Test("A dimension above 32767 makes a file of version 2")
  func versionTwo() throws {
    try withTemporaryFolder { folder in
      for (length, version) in [(32767, 1), (32768, 2)] {
        let long = Grid(shape: [length, 1, 1], affine: grid.affine)
        let path = folder.appending(path: "a.nii").path
        let volume = (0..<length).map { Double($0) }
        try NIfTIWriter.write(
          [volume], to: path, like: NIfTIHeader(grid: long), replacing: true)
        let reader = try NIfTIReader(path: path)
        #expect(reader.header.version == version)
        #expect(try reader.readAll() == volume)
        #expect(reader.grid.matches(long, tolerance: 0.1))
      }
    }
  }

  @Test("Equal images are equal bytes")
  func deterministic() throws {
    try withTemporaryFolder { folder in
      let volume = (0..<12).map { Double($0) }
      for name in ["a.nii.gz", "b.nii.gz"] {
        let path = folder.appending(path: name).path
        try NIfTIWriter.write([volume], to: path, like: NIfTIHeader(grid: grid))
      }
      #expect(
        try Data(contentsOf: folder.appending(path: "a.nii.gz"))
          == Data(contentsOf: folder.appending(path: "b.nii.gz")))
    }
  }

  @Test(
    "What exists is kept unless replacing is asked; other names and missing folders are refused")
  func refusals() throws {
    let volume = [[Double](repeating: 0, count: 12)]
    let header = NIfTIHeader(grid: grid)
    try withTemporaryFolder { folder in
      let path = try folder.put([1, 2, 3], "a.nii")
      #expect(throws: ImagingError.exists(path: path)) {
        try NIfTIWriter.write(volume, to: path, like: header)
      }
      #expect(try Data(contentsOf: URL(filePath: path)) == Data([1, 2, 3]))
      for name in ["a.img", "a", "missing/a.nii"] {
        let path = folder.appending(path: name).path
        let error = #expect(throws: ImagingError.self) {
          try NIfTIWriter.write(volume, to: path, like: header)
        }
        guard case .cannotWrite(path, _) = error else {
          Issue.record("\(name)")
          continue
        }
      }
    }
  }

  @Test("A disk that is full is told by a write or by the closing", arguments: [false, true])
  func fullDisk(_ isGzip: Bool) throws {
    let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
    var seed: UInt64 = 1
    let noise = (0..<1_000_000).map { _ in
      seed = seed &* 6_364_136_223_846_793_005 &+ 1
      return UInt8(truncatingIfNeeded: seed >> 56)
    }
    let sink = ByteSink(descriptor: full.fileDescriptor, isGzip: isGzip)
    let error = #expect(throws: SystemError.self) { try sink.write(noise) }
    #expect(error?.reason == "No space left on device")
    let small = ByteSink(descriptor: full.fileDescriptor, isGzip: isGzip)
    try small.write([1, 2, 3])
    let late = #expect(throws: SystemError.self) { try small.close() }
    #expect(late?.reason == "No space left on device")
  }
}
