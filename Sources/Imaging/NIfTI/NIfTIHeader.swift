public import ChiasmResponses

/// Where an image's affine comes from.
public enum AffineSource: String, Equatable, Sendable {
  /// The affine form.
  case sform
  /// The quaternion form.
  case qform
  /// Voxel sizes alone, since neither form has a code: a guess.
  case voxelSizes = "voxel sizes"
}

/// What a NIfTI file says about its voxels, checked: its numbers make sense together.
public struct NIfTIHeader: Equatable, Sendable {
  /// 1 or 2.
  public let version: Int
  /// The byte order of header and voxels.
  public let byteOrder: NIfTIByteOrder
  /// Whether header and voxels share a file (`.nii`); else they are an `.hdr`/`.img` pair.
  public let isSingleFile: Bool
  /// The lengths of all dimensions, 1 to 7 of them, each positive: i, j, k, time, …
  public let shape: [Int]
  /// How a voxel is stored.
  public let datatype: NIfTIDatatype
  /// A voxel's value is `sclSlope` × stored + `sclIntercept`. 1 where the file asks for no scaling
  /// (0 or not finite).
  public let sclSlope: Double
  /// See `sclSlope`; 0 where the file asks for no scaling.
  public let sclIntercept: Double
  /// `pixdim` as it stands: qfac, then the voxel sizes along the seven dimensions.
  public let pixdim: [Double]
  /// What `qform` maps to: 0 nothing, 1 the scanner, 2 an aligned image, 3 Talairach, 4 MNI …
  public let qformCode: Int
  /// What `sform` maps to; codes as those of `qformCode`.
  public let sformCode: Int
  /// The matrix of the quaternion form; without meaning if `qformCode` is 0. Its numbers are finite if
  /// it is in use.
  public let qform: Affine
  /// The matrix of the affine form; without meaning if `sformCode` is 0.
  public let sform: Affine
  /// The unit of the matrices. Nothing is converted: 2 (mm) is what every program writes.
  public let spatialUnit: NIfTIUnit
  /// The unit of the fourth dimension.
  public let temporalUnit: NIfTIUnit
  /// What the values mean by NIfTI's list: 3 a t statistic, 1002 labels …; 0 is nothing special.
  public var intentCode: Int
  /// The name that belongs to the intent, up to 15 bytes.
  public var intentName: String
  /// Free text, up to 79 bytes.
  public var description: String
  /// What programs left between header and voxels, in the order of the file.
  public var extensions: [NIfTIExtension]
  /// What the header gets wrong without being ambiguous, and how it is read; a clause each.
  public let notes: [String]
  /// `bitpix` as it stands; the datatype is what is followed.
  let bitpix: Int
  /// Where the voxels start, in bytes from the start of the decompressed file.
  public let dataOffset: Int
  /// The numbers behind `qform` (b, c, d, x, y, z), kept so that a copy is exact.
  let quaternion: [Double]
}

extension NIfTIHeader {
  /// The affine in use, as nibabel chooses it: `sform` if its code is positive, else `qform` if its
  /// code is, else voxel sizes alone, x running left and the origin at the centre of the image.
  public var affine: Affine {
    switch affineSource {
    case .sform: return sform
    case .qform: return qform
    case .voxelSizes: break
    }
    let sizes = Self.voxelSizes(of: pixdim)
    return Affine(
      rows: (0..<3).map { row in
        let step = row == 0 ? -sizes[0] : sizes[row]
        let length = row < shape.count ? shape[row] : 1
        return (0..<3).map { $0 == row ? step : 0 } + [-step * Double(length - 1) / 2]
      })
  }

  /// What the affine in use comes from.
  public var affineSource: AffineSource {
    sformCode > 0 ? .sform : qformCode > 0 ? .qform : .voxelSizes
  }

  /// Whether the file is CIFTI-2, which keeps a matrix in NIfTI-2: by its intent (3000 to 3099) or the
  /// extension that says what rows and columns are (32). The matrix has the last two dimensions.
  public var isCIFTI: Bool {
    version == 2 && (3000...3099).contains(intentCode) || extensions.contains { $0.code == 32 }
  }

  /// Throws unless the image is of a volume, and its affine in use has one, without which voxels have no
  /// place; `path` is where the header comes from.
  ///
  /// - Throws: `notAVolume`, `flatAffine`.
  public func requireVolume(path: String) throws(ImagingError) {
    if isCIFTI { throw .notAVolume(path: path) }
    guard !affine.hasVolume else { return }
    throw .flatAffine(
      path: path, affine: affine, source: affineSource,
      isQformSound: affineSource == .sform && qformCode > 0 && isQformSound && qform.hasVolume)
  }

  /// Whether the numbers behind the qform, in use or not, are finite.
  var isQformSound: Bool { (pixdim[1...3] + quaternion).allSatisfy(\.isFinite) && qform.isFinite }

  /// The voxels in space: the first three dimensions (1 where the image has fewer) and the affine.
  public var grid: Grid {
    Grid(shape: Array((shape + [1, 1]).prefix(3)), affine: affine)
  }

  /// The number of volumes: the product of the dimensions after the third.
  public var volumeCount: Int { shape.dropFirst(3).reduce(1, *) }

  /// Bytes of one volume as it is stored.
  var volumeSize: Int { shape.prefix(3).reduce(datatype.size, *) }

  /// Voxel sizes that can be used: a size of 0 counts as 1, and the sign is dropped.
  static func voxelSizes(of pixdim: [Double]) -> [Double] {
    pixdim[1...3].map { $0 == 0 ? 1 : abs($0) }
  }

  /// The header of a new image on a grid that no file describes yet: the affine as sform, in mm.
  ///
  /// - Parameter sformCode: what the affine maps to; positive.
  public init(grid: Grid, sformCode: Int = 1) {
    precondition(sformCode > 0, "Without a code the affine is not in use.")
    version = 1
    byteOrder = .machine
    isSingleFile = true
    shape = grid.shape
    datatype = .float32
    (sclSlope, sclIntercept) = (1, 0)
    pixdim = [1] + grid.affine.voxelSizes + [1, 1, 1, 1]
    (qformCode, self.sformCode) = (0, sformCode)
    quaternion = [0, 0, 0, 0, 0, 0]
    qform = NIfTIRecord.affine(
      quaternion: quaternion, voxelSizes: Self.voxelSizes(of: pixdim), qfac: 1)
    sform = grid.affine
    (spatialUnit, temporalUnit) = (.millimetre, .unknown)
    (intentCode, intentName, description, extensions) = (0, "", "", [])
    dataOffset = 352
    (notes, bitpix) = ([], 8 * datatype.size)
  }
}

/// A unit of space or time in a header. The raw value is NIfTI's code.
public enum NIfTIUnit: Int, Sendable {
  case unknown = 0
  case metre = 1
  case millimetre = 2
  case micrometre = 3
  case second = 8
  case millisecond = 16
  case microsecond = 24
  case hertz = 32
  case partsPerMillion = 40
  case radiansPerSecond = 48
}

extension NIfTIHeader {
  /// Header, announcement and extensions of a new file on this header's grid, up to its voxels.
  func bytes(volumeCount: Int?, _ encoder: VoxelEncoder) -> [UInt8] {
    let shape = grid.shape + (volumeCount.map { [$0] } ?? [])
    let tail = NIfTIExtension.bytes(of: extensions)
    // A NIfTI-1 offset is a float32, exact to 2^24.
    let needsTwo = shape.contains { $0 > Int(Int16.max) } || tail.count > 1 << 24
    let record = NIfTIRecord(version: needsTwo ? 2 : 1)
    record[.dim] = shape.count
    for index in 1...7 { record[.dim, index] = index <= shape.count ? shape[index - 1] : 1 }
    record[.datatype] = encoder.datatype.rawValue
    record[.bitpix] = 8 * encoder.datatype.size
    record[.slope] = encoder.slope
    record[.intercept] = encoder.intercept
    record[.dataOffset] = (needsTwo ? 540 : 348) + tail.count
    record[.intentCode] = intentCode
    record[.intentName] = intentName
    record[.description] = description
    place(record)
    return record.bytes + tail
  }

  /// Where the image lies: both matrices with their codes, as they are, but for a qform that is not
  /// finite and voxel sizes that are not, which the affine in use tells.
  private func place(_ record: NIfTIRecord) {
    let sizes = affine.voxelSizes
    record[.units] = NIfTIUnit.millimetre.rawValue
    record[.qformCode] = isQformSound ? qformCode : 0
    record[.sformCode] = sformCode
    record[.pixdim, 0] = pixdim[0]
    for index in 1...3 {
      record[.pixdim, index] = pixdim[index].isFinite ? pixdim[index] : sizes[index - 1]
    }
    for index in 4...7 { record[.pixdim, index] = 1 }
    for index in 0..<6 { record[.quaternion, index] = isQformSound ? quaternion[index] : 0 }
    for index in 0..<12 { record[.sform, index] = sform.rows[index / 4][index % 4] }
  }
}
