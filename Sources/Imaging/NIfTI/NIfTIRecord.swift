internal import ChiasmResponses
import ChiasmCNIfTI

/// The fields of a NIfTI header of either version as they stand in the file, unchecked.
final class NIfTIRecord {
  typealias Integer = cnifti_integer
  typealias Real = cnifti_real
  typealias Text = cnifti_text

  private let handle: OpaquePointer

  /// A header of a single file with every other field 0.
  init(version: Int) {
    guard let handle = cnifti_header_make(Int32(version)) else {
      preconditionFailure("No memory is left, where Swift stops, too.")
    }
    self.handle = handle
  }

  /// Takes the bytes of a header; nil if they have no NIfTI magic.
  init?(bytes: [UInt8]) {
    guard let handle = cnifti_header_parse(bytes, Int64(bytes.count)) else { return nil }
    self.handle = handle
  }

  deinit { cnifti_header_free(handle) }

  static let smallestSize = Int(CNIFTI_HEADER_1_SIZE)

  /// The size of the header that begins with these bytes, at least four; nil if it is none.
  static func size(beginning bytes: [UInt8]) -> Int? {
    let size = Int(cnifti_header_size(bytes))
    return size == 0 ? nil : size
  }

  /// The header as it goes into a file, in this machine's byte order.
  var bytes: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: Int(CNIFTI_HEADER_2_SIZE)) { buffer, count in
      count = Int(cnifti_header_write(handle, buffer.baseAddress))
    }
  }

  var version: Int { Int(cnifti_header_version(handle)) }
  var isSwapped: Bool { cnifti_header_is_swapped(handle) != 0 }
  var isSingleFile: Bool { cnifti_header_is_single_file(handle) != 0 }

  subscript(field: Integer, index: Int = 0) -> Int {
    get { Int(cnifti_header_integer(handle, field, Int32(index))) }
    set { cnifti_header_set_integer(handle, field, Int32(index), Int64(newValue)) }
  }

  subscript(field: Real, index: Int = 0) -> Double {
    get { cnifti_header_real(handle, field, Int32(index)) }
    set { cnifti_header_set_real(handle, field, Int32(index), newValue) }
  }

  subscript(field: Text) -> String {
    get {
      let bytes = [CChar](unsafeUninitializedCapacity: 81) { buffer, count in
        cnifti_header_text(handle, field, buffer.baseAddress)
        count = 81
      }
      return String(decoding: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
    set { cnifti_header_set_text(handle, field, newValue) }
  }

  /// The matrix of a quaternion form; not finite if one of its numbers is not.
  static func affine(quaternion: [Double], voxelSizes: [Double], qfac: Double) -> Affine {
    let numbers = [Double](unsafeUninitializedCapacity: 12) { buffer, count in
      cnifti_quaternion_matrix(quaternion, voxelSizes, qfac, buffer.baseAddress)
      count = 12
    }
    return Affine(rows: (0..<3).map { Array(numbers[4 * $0..<4 * $0 + 4]) })
  }

  /// Bits of a voxel and libnifti's name of a datatype code; nil if NIfTI knows no such code.
  static func datatype(code: Int) -> (bits: Int, name: String)? {
    guard let code = Int32(exactly: code) else { return nil }
    let bits = Int(cnifti_datatype_bits(code))
    return bits == 0 ? nil : (bits, String(cString: cnifti_datatype_name(code)).lowercased())
  }

  static let machineIsBigEndian = cnifti_machine_is_big_endian() != 0
}

extension NIfTIRecord.Integer {
  static let dim = CNIFTI_DIM
  static let datatype = CNIFTI_DATATYPE
  static let bitpix = CNIFTI_BITPIX
  static let qformCode = CNIFTI_QFORM_CODE
  static let sformCode = CNIFTI_SFORM_CODE
  static let units = CNIFTI_XYZT_UNITS
  static let intentCode = CNIFTI_INTENT_CODE
  static let dataOffset = CNIFTI_VOX_OFFSET
}

extension NIfTIRecord.Real {
  static let pixdim = CNIFTI_PIXDIM
  static let slope = CNIFTI_SCL_SLOPE
  static let intercept = CNIFTI_SCL_INTER
  static let quaternion = CNIFTI_QUATERN
  static let sform = CNIFTI_SROW
}

extension NIfTIRecord.Text {
  static let description = CNIFTI_DESCRIP
  static let intentName = CNIFTI_INTENT_NAME
}
