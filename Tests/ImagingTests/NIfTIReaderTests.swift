import ChiasmResponses
import Foundation
import ChiasmImaging
import TestSupport
import Testing

@Suite("Laws of reading NIfTI") struct NIfTIReaderTests {
  static let forms: [(version: Int, order: NIfTIByteOrder)] = [
    (1, .little), (1, .big), (2, .little), (2, .big),
  ]

  /// The bits of a value a datatype, by NIfTI's code, with what they mean.
  private func samples(_ datatype: NIfTIDatatype, _ form: (version: Int, order: NIfTIByteOrder))
    -> (image: NIfTIBytes, values: [Double])
  {
    func integers<Value: FixedWidthInteger>(_: Value.Type) -> (NIfTIBytes, [Double]) {
      let stored: [Value] = [.min, 0, 1, 77, .max / 3, .max]
      let image = NIfTIBytes(
        stored, shape: [3, 1, 2], datatype: datatype.rawValue, version: form.version,
        order: form.order)
      return (image, stored.map { Double($0) })
    }
    let reals = [-1.5, 0, .nan, .infinity, -.infinity, 1e30]
    switch datatype {
    case .uint8: return integers(UInt8.self)
    case .int8: return integers(Int8.self)
    case .uint16: return integers(UInt16.self)
    case .int16: return integers(Int16.self)
    case .uint32: return integers(UInt32.self)
    case .int32: return integers(Int32.self)
    case .uint64: return integers(UInt64.self)
    case .int64: return integers(Int64.self)
    case .float32:
      let image = NIfTIBytes(
        reals.map { Float($0).bitPattern }, shape: [3, 1, 2], datatype: datatype.rawValue,
        version: form.version, order: form.order)
      return (image, reals.map { Double(Float($0)) })
    case .float64:
      let image = NIfTIBytes(
        reals.map(\.bitPattern), shape: [3, 1, 2], datatype: datatype.rawValue,
        version: form.version, order: form.order)
      return (image, reals)
    }
  }

  @Test(
    "Every datatype is read in both versions, both byte orders, plain, compressed and as a pair",
    arguments: NIfTIDatatype.allCases, forms.indices)
  func everyDatatype(_ datatype: NIfTIDatatype, _ form: Int) throws {
    let form = Self.forms[form]
    var (image, expected) = samples(datatype, form)
    try withTemporaryFolder { folder in
      let plain = try folder.put(image.file, "plain.nii")
      let header = try NIfTIHeader(path: plain)
      #expect(header.datatype == datatype)
      #expect(header.byteOrder == form.order)
      #expect(header.version == form.version)
      #expect(header.shape == [3, 1, 2])
      #expect(same(try values(plain), expected))
      #expect(same(try values(try folder.put(folder.gzip(image.file), "a.nii.gz")), expected))
      image.isPair = true
      let pair = try folder.put(image.header, "pair.hdr")
      let data = try folder.put(image.data, "pair.img")
      #expect(same(try values(pair), expected))
      #expect(same(try values(data), expected))
    }
  }

  @Test("Compression is told by content, not by name, in every file of an image")
  func wrongNames() throws {
    var image = NIfTIBytes([5, 6, 7, 8] as [Int16], shape: [2, 2], datatype: 4)
    try withTemporaryFolder { folder in
      #expect(try values(folder.put(folder.gzip(image.file), "zipped.nii")) == [5, 6, 7, 8])
      #expect(try values(folder.put(image.file, "plain.nii.gz")) == [5, 6, 7, 8])
      #expect(try values(folder.put(image.file, "no name at all")) == [5, 6, 7, 8])
      image.isPair = true
      let header = try folder.put(folder.gzip(image.header), "a.hdr")
      let data = try folder.put(folder.gzip(image.data), "a.img.gz")
      #expect(try values(header) == [5, 6, 7, 8])
      #expect(try values(data) == [5, 6, 7, 8])
      let upper = try folder.put(image.header, "B.HDR")
      _ = try folder.put(image.data, "B.IMG")
      #expect(try values(upper) == [5, 6, 7, 8])
    }
  }

  @Test("Voxels that begin like gzip by chance are voxels")
  func gzipByChance() throws {
    var image = NIfTIBytes([0x1f, 0x8b, 8, 0] as [UInt8], shape: [4], datatype: 2)
    image.isPair = true
    try withTemporaryFolder { folder in
      let header = try folder.put(image.header, "a.hdr")
      _ = try folder.put(image.data, "a.img")
      #expect(try values(header) == [31, 139, 8, 0])
    }
  }

  @Test("A gzip file of several members is one file")
  func members() throws {
    let image = NIfTIBytes((0..<300).map { Int16($0) }, shape: [10, 10, 3], datatype: 4)
    try withTemporaryFolder { folder in
      let parts = [image.file[..<200], image.file[200..<500], image.file[500...]]
      let bytes = try parts.flatMap { try folder.gzip(Array($0)) }
      #expect(try values(folder.put(bytes, "a.nii.gz")) == (0..<300).map(Double.init))
    }
  }

  @Test("A slope and an intercept are applied in double; a slope of 0 or NaN means neither")
  func scaling() throws {
    var image = NIfTIBytes([-3, 0, 7] as [Int16], shape: [3], datatype: 4)
    try withTemporaryFolder { folder in
      for (slope, intercept) in [(0.1, 100.0), (-2, 0), (1, 0.25)] {
        (image.slope, image.intercept) = (slope, intercept)
        let path = try folder.put(image.file, "a.nii")
        let header = try NIfTIHeader(path: path)
        let (a, b) = (Double(Float(slope)), Double(Float(intercept)))
        #expect(header.sclSlope == a && header.sclIntercept == b)
        #expect(try values(path) == [a * -3 + b, a * 0 + b, a * 7 + b])
      }
      for slope in [0, .nan, .infinity] {
        (image.slope, image.intercept) = (slope, 5)
        let path = try folder.put(image.file, "a.nii")
        let header = try NIfTIHeader(path: path)
        #expect(header.sclSlope == 1 && header.sclIntercept == 0)
        #expect(try values(path) == [-3, 0, 7])
      }
    }
  }

  @Test("Volumes come one by one, all voxels or the chosen ones in the order asked")
  func volumes() throws {
    let image = NIfTIBytes(
      (0..<24).map { UInt16($0) }, shape: [2, 3, 1, 2, 2], datatype: 512, order: .big)
    try withTemporaryFolder { folder in
      let reader = try NIfTIReader(path: folder.put(folder.gzip(image.file), "a.nii.gz"))
      #expect(reader.volumeCount == 4)
      #expect(reader.grid.shape == [2, 3, 1])
      var volume: [Double] = []
      #expect(try reader.readVolume(into: &volume))
      #expect(volume == [0, 1, 2, 3, 4, 5])
      #expect(try reader.readVolume(voxels: [5, 0, 0], into: &volume))
      #expect(volume == [11, 6, 6])
      #expect(try reader.readVolume(voxels: [], into: &volume))
      #expect(volume.isEmpty)
      #expect(reader.position == 3)
      #expect(try reader.readVolume(into: &volume))
      #expect(volume == [18, 19, 20, 21, 22, 23])
      #expect(try reader.readVolume(into: &volume) == false)
      #expect(volume.count == 6)
    }
  }

  @Test("Labels are whole numbers beyond 8 and 16 bits; NaN is background")
  func labels() throws {
    let stored: [Float] = [127, 128, 255, 256, 1035, 11101, -1, .nan]
    let image = NIfTIBytes(stored.map(\.bitPattern), shape: [8, 1, 1, 1], datatype: 16)
    try withTemporaryFolder { folder in
      let path = try folder.put(image.file, "a.nii")
      #expect(
        try NIfTIReader(path: path).readLabels().labels
          == [127, 128, 255, 256, 1035, 11101, -1, 0])
    }
  }

  @Test(
    "A fraction, an infinity and a number beyond Int32 are no labels; the error tells the voxel")
  func noLabels() throws {
    try withTemporaryFolder { folder in
      for value in [1.5, .infinity, 3e9] {
        let image = NIfTIBytes(
          [0, 0, 0, 0, 0, value].map(\.bitPattern), shape: [2, 3], datatype: 64)
        let path = try folder.put(image.file, "a.nii")
        #expect(throws: ImagingError.notALabel(path: path, value: value, voxel: [1, 2, 0])) {
          try NIfTIReader(path: path).readLabels()
        }
      }
      let two = NIfTIBytes([1, 2] as [UInt8], shape: [1, 1, 1, 2], datatype: 2)
      let path = try folder.put(two.file, "two.nii")
      #expect(throws: ImagingError.notOneVolume(path: path, actual: 2)) {
        try NIfTIReader(path: path).readLabels()
      }
    }
  }

  @Test("Readers on several threads read the same file alike")
  func threads() async throws {
    let stored = (0..<40_000).map { Int16(truncatingIfNeeded: $0 &* 7919) }
    let image = NIfTIBytes(stored, shape: [20, 20, 10, 10], datatype: 4, order: .big)
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = try folder.put(folder.gzip(image.file), "a.nii.gz")
    let expected = stored.map { Double($0) }
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<40 { group.addTask { try values(path) == expected } }
      for try await isEqual in group { #expect(isEqual) }
    }
  }
}
