/// What can go wrong with an image. `description` is one sentence for the user: what, where, what to do.
public enum ImagingError: Error, Equatable, Sendable {
  // MARK: NIfTI files
  /// There is no such file.
  case missing(path: String)
  /// The file is there but the system does not let us read it.
  case unreadable(path: String, reason: String)
  /// The file is not NIfTI at all. `reason` is a clause.
  case notNIfTI(path: String, reason: String)
  /// A field of the header makes no sense.
  case malformedHeader(path: String, field: String, expected: String, actual: String)
  /// The voxels are of a type that is not one real number.
  case unsupportedDatatype(path: String, datatype: String)
  /// The file holds less than its header promises. Counts are bytes (before compression).
  case truncated(path: String, expected: Int, actual: Int)
  /// The compressed stream is damaged. `reason` is a clause.
  case corrupt(path: String, reason: String)
  /// A voxel that should hold a label does not hold a whole number within Int32.
  case notALabel(path: String, value: Double, voxel: [Int])
  /// One volume was asked for and the image has another number of them.
  case notOneVolume(path: String, actual: Int)
  /// The value has no place in the datatype that is being written.
  case unrepresentable(path: String, value: Double, datatype: String)
  /// Something stands where the output would go.
  case exists(path: String)
  /// The output cannot be written: no permission, no space, no folder.
  case cannotWrite(path: String, reason: String)

  // MARK: Grids
  /// Two images do not lie in the same space.
  case gridMismatch(path: String, grid: Grid, otherPath: String, otherGrid: Grid)
}

extension ImagingError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .missing(let path): "\(path): no such file; check the path."
    case .unreadable(let path, let reason): "\(path): cannot be read (\(reason))."
    case .notNIfTI(let path, let reason): "\(path): not a NIfTI image: \(reason)."
    case .malformedHeader(let path, let field, let expected, let actual):
      "\(path): the header's \(field) is \(actual), but must be \(expected)."
    case .unsupportedDatatype(let path, let datatype):
      "\(path): its voxels are of type \(datatype); convert it to an integer or float type."
    case .truncated(let path, let expected, let actual):
      "\(path): the header asks for \(expected) bytes, but the file has only \(actual); "
        + "copy it again."
    case .corrupt(let path, let reason):
      "\(path): the compressed data are damaged (\(reason)); copy it again."
    case .notALabel(let path, let value, let voxel):
      "\(path): voxel \(voxel) holds \(value), but a label must be a whole number within 32 bits."
    case .notOneVolume(let path, let actual):
      "\(path): has \(actual) volumes, but one is expected; pick one of them."
    case .unrepresentable(let path, let value, let datatype):
      "\(path): the value \(value) cannot be written as \(datatype)."
    case .exists(let path):
      "\(path): exists already; choose another place, or --force to replace it."
    case .cannotWrite(let path, let reason): "\(path): cannot be written (\(reason))."
    case .gridMismatch(let path, let grid, let otherPath, let otherGrid):
      "\(path) and \(otherPath) do not lie on the same grid: \(grid) against \(otherGrid); "
        + "resample one of them first."
    }
  }
}
