/// An `.npy` file of numbers that is written some rows at a time, whole or not at all.
///
/// The bytes are those that `NumpyArray.write` gives for all rows at once.
public struct NumpyRowWriter: ~Copyable {
  private let file: AtomicFile
  private let isDouble: Bool

  /// Begins the file.
  ///
  /// - Parameters:
  ///   - shape: of all of the array; as many numbers are to be appended.
  ///   - isDouble: whether numbers are written as `float64`, else as `float32`.
  /// - Throws: `exists`, `cannotWrite`.
  public init(path: String, shape: [Int], isDouble: Bool) throws(ArrayFileError) {
    let file = try AtomicFile(path: path)
    try file.write(NumpyArray.header(shape: shape, descriptor: isDouble ? "<f8" : "<f4"))
    self.isDouble = isDouble
    self.file = file
  }

  /// Appends numbers in C order.
  ///
  /// - Throws: `cannotWrite`.
  public func append(_ numbers: [Double]) throws(ArrayFileError) {
    if isDouble {
      try Self.write(numbers, to: file)
    } else {
      try Self.write(numbers.map { Float($0) }, to: file)
    }
  }

  private static func write<Value>(
    _ numbers: [Value], to file: borrowing AtomicFile
  ) throws(ArrayFileError) {
    try numbers.withUnsafeBufferPointer { (numbers) throws(ArrayFileError) in
      try file.write(UnsafeRawBufferPointer(numbers))
    }
  }

  /// Gives the file its name.
  ///
  /// - Throws: `cannotWrite`, `exists`.
  public consuming func commit() throws(ArrayFileError) { try file.commit() }
}
