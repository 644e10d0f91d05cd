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
      throw .notNIfTI(path: path, reason: "it does not begin with the number 348 or 540")
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
