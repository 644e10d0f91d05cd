internal import ChiasmFiles
internal import ChiasmResponses

extension NIfTIHeader {
  /// Reads the header of an image: `.nii`, `.hdr` or `.img`, compressed or not, by content.
  ///
  /// The voxels need not be there.
  /// - Throws: `missing`, `unreadable`, `notNIfTI`, `malformedHeader`, `unsupportedDatatype`,
  ///   `truncated`, `corrupt`.
  public init(path: String) throws(ImagingError) {
    self = try Self.read(from: ByteSource(path: NIfTIPaths.header(of: path)))
  }

  /// Reads header and extensions; the source then stands behind them.
  static func read(from source: ByteSource) throws(ImagingError) -> NIfTIHeader {
    let check = HeaderCheck(path: source.path)
    let record = try Self.record(from: source)
    var header = try NIfTIHeader(record, check)
    if header.isSingleFile {
      try check.require(
        header.dataOffset <= source.largestContent, "vox_offset",
        "at most \(source.largestContent), the end of the file", header.dataOffset)
    }
    header.extensions = try NIfTIExtension.read(from: source, header, check)
    return header
  }

  private static func record(from source: ByteSource) throws(ImagingError) -> NIfTIRecord {
    let path = source.path
    var bytes: [UInt8] = []
    try source.read(NIfTIRecord.smallestSize, into: &bytes)
    if bytes.isEmpty { throw .notNIfTI(path: path, reason: "the file is empty") }
    guard bytes.count >= 4, let size = NIfTIRecord.size(beginning: bytes) else {
      let content = FileContent(bytes)
      throw .notNIfTI(
        path: path,
        reason: content == .unknown
          ? "it does not begin with the number 348 or 540"
          : "it is \(content.noun); give an image as .nii or .nii.gz")
    }
    guard bytes.count == NIfTIRecord.smallestSize else {
      throw .truncated(path: path, expected: size, actual: bytes.count)
    }
    bytes += try source.read(exactly: size - bytes.count)
    guard let record = NIfTIRecord(bytes: bytes) else {
      throw .notNIfTI(
        path: path,
        reason: size == NIfTIRecord.smallestSize
          ? "its header has no NIfTI magic, so it may be Analyze 7.5, which does not tell left from "
            + "right; convert it to NIfTI" : "its header has no NIfTI-2 magic")
    }
    return record
  }

  private init(_ record: NIfTIRecord, _ check: HeaderCheck) throws(ImagingError) {
    version = record.version
    byteOrder = record.isSwapped ? .machine.swapped : .machine
    isSingleFile = record.isSingleFile
    datatype = try check.datatype(record)
    shape = try check.shape(record)
    try check.size(shape, datatype)
    dataOffset = try check.dataOffset(record)
    (sclSlope, sclIntercept) = try check.scaling(record)
    pixdim = (0..<8).map { record[.pixdim, $0] }
    qformCode = record[.qformCode]
    sformCode = record[.sformCode]
    quaternion = (0..<6).map { record[.quaternion, $0] }
    qform = NIfTIRecord.affine(
      quaternion: quaternion, voxelSizes: Self.voxelSizes(of: pixdim), qfac: pixdim[0] < 0 ? -1 : 1)
    sform = Affine(rows: (0..<3).map { row in (0..<4).map { record[.sform, 4 * row + $0] } })
    // What is not in use need not make sense.
    if sformCode > 0 {
      try check.finite(sform.rows.flatMap(\.self), "sform")
    } else {
      try check.finite(Array(pixdim[1...3]), "pixdim")
      if qformCode > 0 { try check.finite(qform.rows.flatMap(\.self), "qform") }
    }
    bitpix = record[.bitpix]
    notes = Self.notes(bitpix: bitpix, datatype) + Self.notes(pixdim, qformCode, qform)
    spatialUnit = NIfTIUnit(rawValue: record[.units] & 0x07) ?? .unknown
    temporalUnit = NIfTIUnit(rawValue: record[.units] & 0x38) ?? .unknown
    intentCode = record[.intentCode]
    intentName = record[.intentName]
    description = record[.description]
    extensions = []
  }

  private static func notes(bitpix: Int, _ datatype: NIfTIDatatype) -> [String] {
    bitpix == 8 * datatype.size
      ? []
      : ["its bitpix is \(bitpix), but its datatype \(datatype.name), which is followed"]
  }

  /// Only met where the sform is in use.
  private static func notes(_ pixdim: [Double], _ qformCode: Int, _ qform: Affine) -> [String] {
    if !pixdim[1...3].allSatisfy(\.isFinite) {
      return ["its pixdim holds numbers that are not finite; the sform is followed"]
    }
    return qformCode > 0 && !qform.isFinite
      ? ["its qform holds numbers that are not finite; the sform is followed"] : []
  }
}

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
