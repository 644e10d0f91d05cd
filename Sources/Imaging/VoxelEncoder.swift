/// Turns numbers into the stored bytes of a volume, in this machine's byte order.
struct VoxelEncoder {
  let datatype: NIfTIDatatype
  let slope: Double
  let intercept: Double

  init(datatype: NIfTIDatatype, slope: Double, intercept: Double) {
    self.datatype = datatype
    // NIfTI-1 keeps them as float32; a reader must undo exactly what was done.
    (self.slope, self.intercept) = (Double(Float(slope)), Double(Float(intercept)))
    precondition(
      self.slope.isFinite && self.slope != 0 && self.intercept.isFinite, "That is no scaling.")
  }

  /// The bytes of `values`; nil if one of them has no place in the datatype.
  func encode(_ values: [Double]) -> [UInt8]? {
    switch datatype {
    case .uint8: encode(values, UInt8.self)
    case .int8: encode(values, Int8.self)
    case .int16: encode(values, Int16.self)
    case .uint16: encode(values, UInt16.self)
    case .int32: encode(values, Int32.self)
    case .uint32: encode(values, UInt32.self)
    case .int64: encode(values, Int64.self)
    case .uint64: encode(values, UInt64.self)
    case .float32: encode(values, Float.self)
    case .float64: encode(values, Double.self)
    }
  }

  private func encode<Value: StoredValue>(_ values: [Double], _: Value.Type) -> [UInt8]? {
    var stored: [Value.Bits] = []
    stored.reserveCapacity(values.count)
    for value in values {
      guard let bits = Value.bits((value - intercept) / slope) else { return nil }
      stored.append(bits)
    }
    return stored.withUnsafeBytes { Array($0) }
  }
}
