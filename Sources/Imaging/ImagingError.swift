public import ChiasmResponses
internal import ChiasmFiles
internal import Foundation

/// What can go wrong with an image, a label table or a region. `description` is one sentence for the user: what,
/// where, what to do.
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
  /// A volume was asked for, counted from 0, that the image does not have.
  case noSuchVolume(path: String, volume: Int, actual: Int)
  /// An image holds other values than 0 and one more, so that it does not tell inside from outside.
  /// `values` are those seen, ascending, negative ones left out.
  case notAMask(path: String, values: [Double])
  /// The value has no place in the datatype that is being written.
  case unrepresentable(path: String, value: Double, datatype: String)
  /// Something stands where the output would go.
  case exists(path: String)
  /// The output cannot be written: no permission, no space, no folder.
  case cannotWrite(path: String, reason: String)

  // MARK: Grids
  /// The affine in use has no volume, so that voxels have no place. `isQformSound` tells whether the
  /// qform would do where the sform is in use.
  case flatAffine(path: String, affine: Affine, source: AffineSource, isQformSound: Bool)
  /// The file is CIFTI-2: rows and columns of a matrix, no voxels of a volume.
  case notAVolume(path: String)
  /// Two images do not lie in the same space.
  case gridMismatch(path: String, grid: Grid, otherPath: String, otherGrid: Grid)

  // MARK: Regions
  /// A label table is missing or the system does not let us read it.
  case unreadableTable(path: String, reason: String)
  /// A file is not a label table. `problem` is a clause with the line.
  case notALabelTable(path: String, problem: String)
  /// A label table names one label in two ways.
  case labelNamedTwice(path: String, index: Int32, names: [String])
  /// A merge is not of the form `NAME=LABEL+LABEL`.
  case malformedMerge(text: String)
  /// A mask is not written as `NAME=PATH`.
  case malformedMask(text: String)
  /// The part of an image that is meant is not written as it should be. `problem` is a clause.
  case malformedImage(text: String, problem: String)
  /// A merge asks for a label that no atlas has. `candidates` are close names, or all of them.
  case unknownLabel(label: String, region: String, candidates: [String])
  /// A merge asks for a label that several atlases have, or that several pairs of hemispheres make.
  case ambiguousLabel(label: String, region: String, candidates: [String])
  /// Two regions, or two atlases, have one name.
  case regionNamedTwice(name: String)
  /// Two images with regions do not lie on the same grid.
  case regionGridsDiffer(first: String, second: String)
  /// There is neither an atlas nor a mask.
  case noRegions
  /// No label of the atlases has a voxel, inside the overall mask if there is one.
  case noLabelledVoxels(sources: [String])
  /// The folder of atlases, or a file in it, is not as it should be.
  case malformedAtlas(path: String, problem: String)
  /// There is no such scheme in the folder of atlases.
  case unknownScheme(name: String, known: [String])
  /// Several tables of a scheme fit an image equally well.
  case ambiguousTable(image: String, scheme: String, tables: [String])
}

extension ImagingError: CustomStringConvertible {
  /// What is wrong, where, and what to do, in one sentence.
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
      "\(path): the header asks for \(expected) bytes, but the file has at most \(actual); "
        + "copy it again."
    case .corrupt(let path, let reason):
      "\(path): the compressed data are damaged (\(reason)); copy it again."
    case .notALabel(let path, let value, let voxel):
      "\(path): voxel \(voxel) holds \(value), but a label must be a whole number within 32 bits."
    case .notOneVolume(let path, let actual):
      "\(path): has \(actual) volumes, but one is expected; name one, as in FILE#0 for the first."
    case .noSuchVolume(let path, let volume, let actual):
      "\(path): has no volume \(volume); "
        + (actual == 1
          ? "its only one is 0." : "its \(actual) volumes count from 0 to \(actual - 1).")
    case .notAMask(let path, let values):
      "\(path): is no mask: it holds \(Self.listing(values)), and a mask holds 0 and one other value; "
        + "give labels as --atlas FILE, or a threshold as in FILE@0.5, which takes values from 0.5 up."
    case .unrepresentable(let path, let value, let datatype):
      "\(path): the value \(value) cannot be written as \(datatype)."
    case .exists(let path):
      "\(path): exists already; choose another place, or --force to replace it."
    case .cannotWrite(let path, let reason): "\(path): cannot be written (\(reason))."
    case .flatAffine(let path, let affine, let source, let isQformSound):
      "\(path): its affine, from the \(source.rawValue), has no volume (\(affine)), so that voxels have "
        + "no place; "
        + (isQformSound
          ? "its qform has one: set sform_code to 0 to use it." : "mend its header.")
    case .notAVolume(let path):
      "\(path): is CIFTI-2, a matrix of surface vertices and voxels and no volume; take the volume that it "
        + "was made from, or 'wb_command -cifti-separate FILE COLUMN -volume-all OUT.nii.gz'."
    case .gridMismatch(let path, let grid, let otherPath, let otherGrid):
      "\(path) and \(otherPath) do not lie on the same grid: \(grid) against \(otherGrid)"
        + Self.distance(grid, otherGrid) + "; resample one of them first."
    // Regions
    case .unreadableTable(let path, let reason):
      "\(path): the label table cannot be read (\(reason)); check the path."
    case .notALabelTable(let path, let problem):
      "\(path): not a label table, \(problem); known are TSV and CSV with the columns index and name, the "
        + "lists of FreeSurfer, ITK-SNAP, MRtrix and Workbench, FSL and SPM XML, and plain lines of "
        + "index and name."
    case .labelNamedTwice(let path, let index, let names):
      "\(path): label \(index) has \(names.count) names (\(names.joined(separator: ", "))); "
        + "keep one."
    case .malformedMerge(let text):
      "\"\(text)\" is not a region; write NAME=LABEL or NAME=LABEL+LABEL, or a label's name alone."
    case .malformedMask(let text):
      "\"\(text)\" is not a mask; write NAME=MASK.nii.gz."
    case .malformedImage(let text, let problem):
      "\"\(text)\" names no image: \(problem); write FILE, FILE#VOLUME, FILE@THRESHOLD or FILE:TABLE."
    case .unknownLabel(let label, let region, let candidates):
      "Region \(region): no atlas has a label \"\(label)\"; there are "
        + "\(candidates.joined(separator: ", "))."
    case .ambiguousLabel(let label, let region, let candidates):
      "Region \(region): \"\(label)\" can be \(candidates.joined(separator: " or ")); "
        + "name the ones you mean."
    case .regionNamedTwice(let name):
      "\"\(name)\" names two regions; give every atlas, mask and region a name of its own."
    case .regionGridsDiffer(let first, let second):
      "\(first) and \(second) do not lie on the same grid; bring one onto the grid of the other."
    case .noRegions:
      "There are no regions; give at least one atlas or one mask."
    case .noLabelledVoxels(let sources):
      "No label of \(sources.joined(separator: ", ")) has a voxel above 0 that the mask leaves in; "
        + "check the image and --mask."
    case .malformedAtlas(let path, let problem):
      "\(path): \(problem)."
    case .unknownScheme(let name, let known):
      "There is no scheme \"\(name)\"\(NameVariant.question(name, among: known)); there are "
        + "\(known.joined(separator: ", "))."
    case .ambiguousTable(let image, let scheme, let tables):
      "\(image): the tables \(tables.joined(separator: ", ")) of scheme \(scheme) fit it equally "
        + "well; write the one you mean after the image, as in IMAGE:TABLE."
    }
  }

  /// How many values and some of them, from the least to the greatest.
  private static func listing(_ values: [Double]) -> String {
    let shown =
      values.count <= 5
      ? values : (0..<5).map { values[$0 * (values.count - 1) / 4] }
    let count =
      values.count > NIfTIReader.mostValuesCounted
      ? "more than \(NIfTIReader.mostValuesCounted)" : "\(values.count)"
    return "\(count) different values (\(shown.count < values.count ? "such as " : "")"
      + shown.map(text).joined(separator: ", ") + ")"
  }

  /// How far apart two grids of one shape lie, and that they may.
  private static func distance(_ grid: Grid, _ other: Grid) -> String {
    guard let difference = grid.difference(from: other), difference.isFinite else { return "" }
    let isSmall = 2 * difference < (grid.affine.voxelSizes.min() ?? 0)
    return ", up to \(text(difference)) mm apart"
      + (isSmall ? " (--grid-tolerance MM takes them as one)" : "")
  }

  /// A number to three digits.
  private static func text(_ number: Double) -> String {
    guard number != 0, number.isFinite else { return number == 0 ? "0" : "\(number)" }
    let digits = 2 - Int(log10(abs(number)).rounded(.down))
    // Powers beyond float64 have no digits to lose.
    guard abs(digits) < 300 else { return "\(number)" }
    let power = pow(10, Double(abs(digits)))
    let rounded =
      digits > 0 ? (number * power).rounded() / power : (number / power).rounded() * power
    return rounded == rounded.rounded() && abs(rounded) < 1e15 ? "\(Int(rounded))" : "\(rounded)"
  }
}

extension ImagingError {
  /// The same failure, told by the layer that writes files.
  init(_ error: ArrayFileError) {
    self =
      switch error {
      case .missing(let path): .missing(path: path)
      case .unreadable(let path, let reason): .unreadable(path: path, reason: reason)
      case .malformed(let path, let problem): .unreadable(path: path, reason: problem)
      case .exists(let path): .exists(path: path)
      case .cannotWrite(let path, let reason): .cannotWrite(path: path, reason: reason)
      }
  }
}
