/// The checks that make a header from the fields of a file; each failure names the file and the field.
struct HeaderCheck {
  let path: String

  func require(
    _ condition: Bool, _ field: String, _ expected: String, _ actual: some Any
  ) throws(ImagingError) {
    guard condition else {
      throw .malformedHeader(
        path: path, field: field, expected: expected, actual: String(describing: actual))
    }
  }

  func datatype(_ record: NIfTIRecord) throws(ImagingError) -> NIfTIDatatype {
    let code = record[.datatype]
    guard let known = NIfTIRecord.datatype(code: code) else {
      throw .malformedHeader(
        path: path, field: "datatype", expected: "a code of NIfTI", actual: "\(code)")
    }
    guard let datatype = NIfTIDatatype(rawValue: code) else {
      throw .unsupportedDatatype(path: path, datatype: known.name)
    }
    return datatype
  }

  func shape(_ record: NIfTIRecord) throws(ImagingError) -> [Int] {
    let count = record[.dim]
    try require((1...7).contains(count), "dim[0]", "from 1 to 7", count)
    for index in 1...count {
      try require(record[.dim, index] > 0, "dim[\(index)]", "positive", record[.dim, index])
    }
    return (1...count).map { record[.dim, $0] }
  }

  /// The bytes of all voxels must be countable.
  func size(_ shape: [Int], _ datatype: NIfTIDatatype) throws(ImagingError) {
    var size = datatype.size
    for length in shape {
      let (product, overflow) = size.multipliedReportingOverflow(by: length)
      try require(!overflow, "dim", "lengths whose product is below 2^63 bytes", shape)
      size = product
    }
  }

  /// The voxels of a single file start after the header and its four bytes that announce extensions.
  func dataOffset(_ record: NIfTIRecord) throws(ImagingError) -> Int {
    let offset = record[.dataOffset]
    let least = !record.isSingleFile ? 0 : record.version == 1 ? 352 : 544
    try require(
      offset >= least, "vox_offset", "a whole number from \(least)",
      offset == .min ? "no whole number" : "\(offset)")
    return offset
  }

  /// Every reader follows the datatype; where bitpix contradicts it, the size of the file must agree.
  func size(
    _ actual: Int, end: Int, _ header: NIfTIHeader
  ) throws(ImagingError) {
    try require(
      actual == end, "bitpix",
      "\(8 * header.datatype.size), as its datatype "
        + "\(header.datatype.name) says, or the file \(end) bytes long, which has \(actual)",
      header.bitpix)
  }

  func scaling(_ record: NIfTIRecord) throws(ImagingError) -> (slope: Double, intercept: Double) {
    let (slope, intercept) = (record[.slope], record[.intercept])
    guard slope != 0 && slope.isFinite else { return (1, 0) }
    try require(
      intercept.isFinite, "scl_inter", "a finite number, since scl_slope is \(slope)", intercept)
    return (slope, intercept)
  }

  func finite(_ numbers: [Double], _ field: String) throws(ImagingError) {
    try require(numbers.allSatisfy(\.isFinite), field, "finite numbers", numbers)
  }
}
