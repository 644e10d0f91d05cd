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

extension NumpyArray.Elements {
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
