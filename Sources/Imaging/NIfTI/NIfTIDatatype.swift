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

/// Which byte of a number comes first in a file.
public enum NIfTIByteOrder: String, Sendable {
  case little
  case big

  /// The order of the machine that runs this.
  public static let machine: NIfTIByteOrder = NIfTIRecord.machineIsBigEndian ? .big : .little

  /// The other order.
  public var swapped: NIfTIByteOrder { self == .little ? .big : .little }
}

/// A number as it is stored, by the integer that has its bits.
protocol StoredValue {
  associatedtype Bits: FixedWidthInteger
  static func number(_ bits: Bits) -> Double
  /// The bits of the nearest stored number; nil if `value` has no place in the type.
  static func bits(_ value: Double) -> Bits?
}

extension StoredValue where Self: FixedWidthInteger, Bits == Self {
  static func number(_ bits: Self) -> Double { Double(bits) }
  static func bits(_ value: Double) -> Self? { Self(exactly: value.rounded(.toNearestOrEven)) }
}

extension UInt8: StoredValue { typealias Bits = Self }
extension Int8: StoredValue { typealias Bits = Self }
extension Int16: StoredValue { typealias Bits = Self }
extension UInt16: StoredValue { typealias Bits = Self }
extension Int32: StoredValue { typealias Bits = Self }
extension UInt32: StoredValue { typealias Bits = Self }
extension Int64: StoredValue { typealias Bits = Self }
extension UInt64: StoredValue { typealias Bits = Self }

extension Float: StoredValue {
  static func number(_ bits: UInt32) -> Double { Double(Float(bitPattern: bits)) }
  static func bits(_ value: Double) -> UInt32? {
    let stored = Float(value)
    return stored.isInfinite && value.isFinite ? nil : stored.bitPattern
  }
}

extension Double: StoredValue {
  static func number(_ bits: UInt64) -> Double { Double(bitPattern: bits) }
  static func bits(_ value: Double) -> UInt64? { value.bitPattern }
}
