/// Turns the stored bytes of one volume into numbers.
///
/// This is the inner loop of reading, so it works on raw memory: every place is checked against the
/// buffer once, and the loop is compiled anew for every datatype.
struct VoxelDecoder {
  let datatype: NIfTIDatatype
  let isSwapped: Bool
  let slope: Double
  let intercept: Double

  init(_ header: NIfTIHeader) {
    datatype = header.datatype
    isSwapped = header.byteOrder != .machine
    (slope, intercept) = (header.sclSlope, header.sclIntercept)
  }

  /// Fills `values` with the scaled voxels: all of them, or those at the places `voxels`.
  func decode(_ bytes: [UInt8], voxels: [Int]?, into values: inout [Double]) {
    let places = bytes.count / datatype.size
    precondition(
      voxels?.allSatisfy { $0 >= 0 && $0 < places } ?? true, "A voxel lies outside the image.")
    let count = voxels?.count ?? places
    if values.count != count { values = [Double](repeating: 0, count: count) }
    values.withUnsafeMutableBufferPointer { values in
      bytes.withUnsafeBytes { bytes in
        decode(bytes, voxels, values)
        scale(values)
      }
    }
  }

  private func decode(
    _ bytes: UnsafeRawBufferPointer, _ voxels: [Int]?, _ values: UnsafeMutableBufferPointer<Double>
  ) {
    switch datatype {
    case .uint8: copy(UInt8.self, bytes, voxels, values)
    case .int8: copy(Int8.self, bytes, voxels, values)
    case .int16: copy(Int16.self, bytes, voxels, values)
    case .uint16: copy(UInt16.self, bytes, voxels, values)
    case .int32: copy(Int32.self, bytes, voxels, values)
    case .uint32: copy(UInt32.self, bytes, voxels, values)
    case .int64: copy(Int64.self, bytes, voxels, values)
    case .uint64: copy(UInt64.self, bytes, voxels, values)
    case .float32: copy(Float.self, bytes, voxels, values)
    case .float64: copy(Double.self, bytes, voxels, values)
    }
  }

  private func copy<Value: StoredValue>(
    _: Value.Type, _ bytes: UnsafeRawBufferPointer, _ voxels: [Int]?,
    _ values: UnsafeMutableBufferPointer<Double>
  ) {
    let isSwapped = isSwapped
    func value(_ place: Int) -> Double {
      let bits = bytes.loadUnaligned(
        fromByteOffset: place * MemoryLayout<Value.Bits>.size, as: Value.Bits.self)
      return Value.number(isSwapped ? bits.byteSwapped : bits)
    }
    if let voxels {
      for index in voxels.indices { values[index] = value(voxels[index]) }
    } else {
      for index in values.indices { values[index] = value(index) }
    }
  }

  private func scale(_ values: UnsafeMutableBufferPointer<Double>) {
    guard slope != 1 || intercept != 0 else { return }
    for index in values.indices { values[index] = slope * values[index] + intercept }
  }
}

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
