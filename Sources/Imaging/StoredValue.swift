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
