/// How a voxel is stored: one real number. The raw value is NIfTI's code.
///
/// NIfTI's other types (RGB, complex, binary, and float128, whose bytes mean different numbers on
/// different machines) are refused by name.
public enum NIfTIDatatype: Int, CaseIterable, Sendable {
  case uint8 = 2
  case int16 = 4
  case int32 = 8
  case float32 = 16
  case float64 = 64
  case int8 = 256
  case uint16 = 512
  case uint32 = 768
  case int64 = 1024
  case uint64 = 1280

  /// The name NumPy uses, too: "uint8", "float32" …
  public var name: String { String(describing: self) }

  /// Bytes of one voxel.
  public var size: Int {
    switch self {
    case .uint8, .int8: 1
    case .int16, .uint16: 2
    case .int32, .uint32, .float32: 4
    case .int64, .uint64, .float64: 8
    }
  }
}
