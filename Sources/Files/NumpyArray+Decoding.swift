extension NumpyArray {
  /// Reads the `.npy` file at `path`.
  ///
  /// Versions 1 to 3, both byte orders, C and Fortran order. Nothing is allocated before the
  /// announced shape has been found to be just as large as the file.
  ///
  /// - Throws: `missing`, `unreadable`, or `malformed`: a broken header, too few or too many bytes,
  ///   or a type other than real numbers, integers, truth values and text of a fixed width.
  public init(path: String) throws(ArrayFileError) {
    self = try FileBytes(path: path).withBytes { (bytes) throws(ArrayFileError) in
      try NumpyArray(bytes, name: path)
    }
  }

  /// Reads the bytes of a whole `.npy` file; `name` stands for its path in errors.
  ///
  /// - Throws: `malformed`.
  public init(decoding bytes: [UInt8], name: String) throws(ArrayFileError) {
    self = try bytes.withUnsafeBufferPointer { (buffer) throws(ArrayFileError) in
      try NumpyArray(UnsafeRawBufferPointer(buffer), name: name)
    }
  }

  init(_ bytes: UnsafeRawBufferPointer, name: String) throws(ArrayFileError) {
    let header = try NumpyHeader(bytes, name: name)
    let data = NumpyData(
      bytes: UnsafeRawBufferPointer(rebasing: bytes[header.dataOffset...]), header: header)
    self.init(shape: header.shape, elements: try data.elements(name: name))
  }
}
