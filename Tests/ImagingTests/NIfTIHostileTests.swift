import ChiasmResponses
import Foundation
import ChiasmImaging
import TestSupport
import Testing

@Suite("Laws of broken NIfTI files") struct NIfTIHostileTests {
  private func failure(_ image: NIfTIBytes, compressed: Bool = false) throws -> ImagingError? {
    try withTemporaryFolder { folder in
      ImagingTests.failure(
        try folder.put(compressed ? folder.gzip(image.file) : image.file, "a.nii"))
    }
  }

  /// A header field that must be refused by name.
  struct Case: Sendable, CustomTestStringConvertible {
    let field: String
    let change: @Sendable (inout NIfTIBytes) -> Void
    var testDescription: String { field }
    init(_ field: String, _ change: @escaping @Sendable (inout NIfTIBytes) -> Void) {
      (self.field, self.change) = (field, change)
    }
  }

  static let cases: [Case] = [
    Case("dim[0]") { $0.dim[0] = 0 },
    Case("dim[0]") { $0.dim[0] = 8 },
    Case("dim[0]") { $0.dim[0] = -1 },
    Case("dim[1]") { $0.dim[1] = 0 },
    Case("dim[2]") { $0.dim[2] = -3 },
    Case("datatype") { $0.datatype = 3 },
    Case("datatype") { $0.datatype = -2 },
    Case("bitpix") { ($0.bitpix, $0.data) = (16, [1, 0, 2, 0]) },
    Case("bitpix") { ($0.bitpix, $0.data) = (32, [1, 2, 0]) },
    Case("vox_offset") { $0.dataOffset = 100 },
    Case("vox_offset") { $0.dataOffset = 0 },
    Case("vox_offset") { $0.dataOffset = -352 },
    Case("vox_offset") { $0.dataOffset = 1e9 },
    Case("vox_offset") { $0.dataOffset = 1e30 },
    Case("vox_offset") { $0.dataOffset = .nan },
    Case("pixdim") { ($0.pixdim[2], $0.sformCode) = (.nan, 0) },
    Case("pixdim") { ($0.pixdim[3], $0.sformCode) = (.infinity, 0) },
    Case("sform") { $0.sform[5] = .nan },
    Case("qform") {
      ($0.qformCode, $0.sformCode, $0.quaternion) = (1, 0, [0, .nan, 0, 0, 0, 0])
    },
    Case("qform") {
      ($0.qformCode, $0.sformCode, $0.quaternion) = (1, 0, [0, 0, 0, 0, 0, -.infinity])
    },
    Case("scl_inter") { ($0.slope, $0.intercept) = (2, .nan) },
    Case("size of an extension") { $0.extensions = [(6, 4, [1, 2, 3, 4, 5, 6, 7, 8])] },
    Case("size of an extension") { $0.extensions = [(6, -16, [1, 2, 3, 4, 5, 6, 7, 8])] },
    Case("size of an extension") { $0.extensions = [(6, 32, [1, 2, 3, 4, 5, 6, 7, 8])] },
    Case("size of an extension") {
      $0.extensions = [(6, 0x7fff_fff0, [1, 2, 3, 4, 5, 6, 7, 8])]
    },
  ]

  @Test("A field that makes no sense is an error that names it", arguments: cases, [1, 2])
  func field(_ one: Case, _ version: Int) throws {
    var image = NIfTIBytes()
    image.version = version
    one.change(&image)
    for order in [NIfTIByteOrder.little, .big] {
      image.order = order
      for compressed in [false, true] {
        guard case .malformedHeader(_, let field, _, _) = try failure(image, compressed: compressed)
        else {
          Issue.record("\(String(describing: try failure(image, compressed: compressed)))")
          continue
        }
        #expect(field == one.field)
      }
    }
  }

  @Test("Dimensions whose product no integer holds are an error")
  func overflow() throws {
    var image = NIfTIBytes()
    image.version = 2
    image.dim = [4, 1 << 32, 1 << 32, 1, 1, 1, 1, 1]
    guard case .malformedHeader(_, "dim", _, _) = try failure(image) else {
      return #expect(Bool(false), "an overflow must be told")
    }
    image.dim = [1, .max, 1, 1, 1, 1, 1, 1]
    #expect(try failure(image).map { "\($0)".contains("asks for") } == true)
  }

  @Test("More voxels than the file can hold are an error before anything is read")
  func tooMany() throws {
    var image = NIfTIBytes()
    image.dim = [4, 32000, 32000, 32000, 100, 1, 1, 1]
    let expected = 32000 * 32000 * 32000 * 100 + 352
    guard case .truncated(_, expected, 354) = try failure(image) else {
      return #expect(Bool(false), "a plain file tells its size")
    }
    guard case .truncated(_, expected, _) = try failure(image, compressed: true) else {
      return #expect(Bool(false), "a gzip file holds at most 1032 bytes a byte")
    }
  }

  @Test("A file that stops early is an error, however it is stored", arguments: [false, true])
  func truncated(_ compressed: Bool) throws {
    let image = NIfTIBytes(
      (0..<4000).map { UInt16(truncatingIfNeeded: $0 &* 40503) }, shape: [10, 10, 4, 10],
      datatype: 512)
    try withTemporaryFolder { folder in
      let bytes = compressed ? try folder.gzip(image.file) : image.file
      #expect(ImagingTests.failure(try folder.put(bytes, "whole.nii")) == nil)
      for count in [1, 3, 4, 100, 347, 348, 351, 353, bytes.count / 2, bytes.count - 1] {
        let path = try folder.put(Array(bytes.prefix(count)), "a.nii")
        #expect(ImagingTests.failure(path) != nil, "\(count) bytes")
      }
    }
  }

  @Test("A truncated stream gives the volumes before the place where it stops")
  func volumesBefore() throws {
    let image = NIfTIBytes(
      (0..<4000).map { UInt16(truncatingIfNeeded: $0 &* 40503) }, shape: [10, 10, 4, 10],
      datatype: 512)
    try withTemporaryFolder { folder in
      let bytes = try folder.gzip(image.file)
      let path = try folder.put(Array(bytes.prefix(bytes.count / 2)), "a.nii.gz")
      let reader = try NIfTIReader(path: path)
      var volume: [Double] = []
      try reader.readVolume(into: &volume)
      #expect(volume.count == 400)
      guard case .truncated = ImagingTests.failure(path) else {
        return #expect(Bool(false), "the volume that is not whole must be an error")
      }
    }
  }

  @Test("A flipped bit in a compressed file is an error, also one in the checksum")
  func flippedBit() throws {
    let image = NIfTIBytes((0..<5000).map { UInt16($0) }, shape: [50, 100], datatype: 512)
    try withTemporaryFolder { folder in
      let whole = try folder.gzip(image.file)
      for place in [whole.count / 2, whole.count - 6, whole.count - 2] {
        var bytes = whole
        bytes[place] ^= 0x10
        let path = try folder.put(bytes, "a.nii.gz")
        guard case .corrupt = ImagingTests.failure(path) else {
          Issue.record("byte \(place) of \(bytes.count)")
          continue
        }
      }
    }
  }

  @Test("RGB, complex, binary and float128 are refused by name")
  func refused() throws {
    let names = [
      (128, 24, "rgb24"), (2304, 32, "rgba32"), (32, 64, "complex64"), (1792, 128, "complex128"),
      (2048, 256, "complex256"), (1536, 128, "float128"), (1, 1, "binary"),
    ]
    for (code, bits, name) in names {
      var image = NIfTIBytes()
      (image.datatype, image.bitpix) = (code, bits)
      guard case .unsupportedDatatype(_, let datatype) = try failure(image) else {
        Issue.record("\(name) must be refused")
        continue
      }
      #expect(datatype == name)
    }
  }

  @Test("What is no NIfTI file is said to be none")
  func notNIfTI() throws {
    var analyze = NIfTIBytes()
    analyze.magic = [0, 0, 0, 0]
    guard case .notNIfTI(_, let reason) = try failure(analyze) else {
      return #expect(Bool(false), "Analyze must be refused")
    }
    #expect(reason.contains("Analyze"))
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "a.nii").path
      #expect(ImagingTests.failure(path) == .missing(path: path))
      let image = folder.appending(path: "a.img").path
      #expect(ImagingTests.failure(image) == .missing(path: folder.appending(path: "a.hdr").path))
      let folderFailure = ImagingTests.failure(folder.path)
      #expect(folderFailure == .unreadable(path: folder.path, reason: "Is a directory"))
      for bytes in [[], Array("text".utf8), [UInt8](repeating: 0, count: 5000), [0x1f, 0x8b]] {
        guard case .notNIfTI = ImagingTests.failure(try folder.put(bytes, "b.nii")) else {
          Issue.record("\(bytes.count) bytes")
          continue
        }
      }
    }
  }

  @Test("A pair without its image has a header and no voxels")
  func halfAPair() throws {
    var image = NIfTIBytes()
    image.isPair = true
    try withTemporaryFolder { folder in
      let path = try folder.put(image.header, "a.hdr")
      #expect(try NIfTIHeader(path: path).shape == [2, 1, 1])
      #expect(
        ImagingTests.failure(path) == .missing(path: folder.appending(path: "a.img").path))
      guard
        case .malformedHeader(_, "magic", _, _) =
          ImagingTests.failure(try folder.put(image.file, "a.nii"))
      else { return #expect(Bool(false), "half a pair under the name of a single file") }
    }
  }
}
