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

extension NIfTIExtension {
  /// The announcement and the extensions, each padded to a multiple of 16 bytes.
  static func bytes(of extensions: [NIfTIExtension]) -> [UInt8] {
    extensions.reduce([extensions.isEmpty ? 0 : 1, 0, 0, 0]) { bytes, one in
      let size = (one.bytes.count + 8 + 15) / 16 * 16
      let start = [Int32(size), Int32(one.code)].withUnsafeBytes { Array($0) }
      return bytes + start + one.bytes + [UInt8](repeating: 0, count: size - 8 - one.bytes.count)
    }
  }
}
