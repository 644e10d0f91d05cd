/// An n-dimensional array as `.npy` files hold it.
///
/// Elements are always in C order (the last index runs fastest), whatever the file's order was; a
/// shape of `[]` is one single element.
///
/// Reference: NumPy Enhancement Proposal 1, "A Simple File Format for NumPy Arrays".
public struct NumpyArray: Equatable, Sendable {
  /// The extent of each axis.
  public let shape: [Int]
  /// The elements in C order, as many as the product of `shape`.
  public let elements: Elements

  /// Joins a shape with its elements.
  ///
  /// - Precondition: the count of elements is the product of `shape`.
  public init(shape: [Int], elements: Elements) {
    precondition(shape.allSatisfy { $0 >= 0 } && shape.reduce(1, *) == elements.count)
    self.shape = shape
    self.elements = elements
  }
}

extension NumpyArray {
  /// The elements by their type. Half floats are kept as `float32`, which holds them exactly.
  public enum Elements: Equatable, Sendable {
    /// `f4`, and `f2` read from a file.
    case float32([Float])
    /// `f8`.
    case float64([Double])
    /// `i1`.
    case int8([Int8])
    /// `i2`.
    case int16([Int16])
    /// `i4`.
    case int32([Int32])
    /// `i8`.
    case int64([Int64])
    /// `u1`.
    case uint8([UInt8])
    /// `u2`.
    case uint16([UInt16])
    /// `u4`.
    case uint32([UInt32])
    /// `u8`.
    case uint64([UInt64])
    /// `b1`; in a file any byte but 0 is true.
    case bool([Bool])
    /// `U`, text of a fixed width; zeros at its end are not part of it.
    case strings([String])
    /// `S`, bytes of a fixed width, taken as UTF-8; zeros at its end are not part of it.
    case bytes([String])

    /// How many elements there are.
    public var count: Int {
      switch self {
      case .float32(let values): values.count
      case .float64(let values): values.count
      case .int8(let values): values.count
      case .int16(let values): values.count
      case .int32(let values): values.count
      case .int64(let values): values.count
      case .uint8(let values): values.count
      case .uint16(let values): values.count
      case .uint32(let values): values.count
      case .uint64(let values): values.count
      case .bool(let values): values.count
      case .strings(let values), .bytes(let values): values.count
      }
    }

    /// What the elements are, for a message.
    var noun: String {
      switch self {
      case .float32, .float64: "real numbers"
      case .bool: "truth values"
      case .strings, .bytes: "text"
      default: "integers"
      }
    }
  }
}

extension NumpyArray {
  /// The numbers as `Float`, rounded to nearest where they have more digits; true is 1.
  ///
  /// - Throws: `malformed` (with `name`, the file) if the elements are text.
  public func floats(name: String = "array") throws(ArrayFileError) -> [Float] {
    if case .float32(let values) = elements { return values }
    return try numbers(name: name)
  }

  /// The numbers as `Double`, rounded to nearest where they have more digits; true is 1.
  ///
  /// - Throws: `malformed` (with `name`, the file) if the elements are text.
  public func doubles(name: String = "array") throws(ArrayFileError) -> [Double] {
    if case .float64(let values) = elements { return values }
    return try numbers(name: name)
  }

  /// The whole numbers as `Int`; true is 1.
  ///
  /// - Throws: `malformed` (with `name`, the file) if the elements are not of an integer type, or
  ///   one does not fit.
  public func integers(name: String = "array") throws(ArrayFileError) -> [Int] {
    switch elements {
    case .int8(let values): return values.map { Int($0) }
    case .int16(let values): return values.map { Int($0) }
    case .int32(let values): return values.map { Int($0) }
    case .int64(let values): return values.map { Int($0) }
    case .uint8(let values): return values.map { Int($0) }
    case .uint16(let values): return values.map { Int($0) }
    case .uint32(let values): return values.map { Int($0) }
    case .uint64(let values):
      if let large = values.first(where: { $0 > UInt64(Int.max) }) {
        throw .malformed(path: name, problem: "\(large) is larger than \(Int.max)")
      }
      return values.map { Int($0) }
    case .bool(let values): return values.map { $0 ? 1 : 0 }
    case .float32, .float64, .strings, .bytes:
      throw .malformed(path: name, problem: "holds \(elements.noun) where integers are expected")
    }
  }

  /// The texts of an array of text.
  ///
  /// - Throws: `malformed` (with `name`, the file) if the elements are numbers.
  public func strings(name: String = "array") throws(ArrayFileError) -> [String] {
    switch elements {
    case .strings(let values), .bytes(let values): return values
    default:
      throw .malformed(path: name, problem: "holds \(elements.noun) where text is expected")
    }
  }

  private func numbers<Value: BinaryFloatingPoint>(
    name: String
  ) throws(ArrayFileError) -> [Value] {
    let needed = elements.count * MemoryLayout<Value>.size
    try MachineLimits.own.check(needed, for: "the array in \(Value.self)", of: name)
    switch elements {
    case .float32(let values): return values.map { Value($0) }
    case .float64(let values): return values.map { Value($0) }
    case .int8(let values): return values.map { Value($0) }
    case .int16(let values): return values.map { Value($0) }
    case .int32(let values): return values.map { Value($0) }
    case .int64(let values): return values.map { Value($0) }
    case .uint8(let values): return values.map { Value($0) }
    case .uint16(let values): return values.map { Value($0) }
    case .uint32(let values): return values.map { Value($0) }
    case .uint64(let values): return values.map { Value($0) }
    case .bool(let values): return values.map { $0 ? 1 : 0 }
    case .strings, .bytes:
      throw .malformed(path: name, problem: "holds \(elements.noun) where numbers are expected")
    }
  }
}
