internal import ChiasmFiles
internal import ChiasmImaging
internal import ChiasmResponses

/// Betas in a dataset of HDF5, or in a variable of MATLAB 7.3, which is HDF5: trials and voxels without an
/// affine.
///
/// Known are trials × k × j × i, as NSD has them and MATLAB stores any i × j × k × trials; i × j × k ×
/// trials, as GLMsingle has them in Python; and both with the voxels along one axis.
struct BetaDataset: Sendable {
  /// What the user wrote.
  let text: String
  /// The file.
  let path: String
  /// The extents as they stand in the file.
  let shape: [Int]
  private let file: HDF5File
  private let name: String
  private let isMatlab: Bool

  /// What datasets of betas are called by GLMsingle, in Python and in MATLAB, and by NSD.
  private static let namesOfGLMsingle = ["betasmd", "modelmd"]
  private static let usualNames = ["betas"] + namesOfGLMsingle

  /// Opens a dataset that is named as `FILE`, where it has a usual name, or as `FILE:/DATASET`; a file of
  /// the whole name goes first. Nil for a file that is no HDF5.
  ///
  /// - Throws: where there is no such dataset, or none of numbers that can be read.
  init?(_ text: String) throws {
    let (path, place) = ArrayFiles.split(text)
    guard (try? FileContent.isHDF5(path)) == true else {
      return nil
    }
    let file = try HDF5File(path: path, place: place ?? "/")
    let own = place?.split(separator: "/").last.map { [String($0)] } ?? []
    let found = (own + Self.usualNames).filter(file.contains)
    guard let name = found.first, !own.isEmpty || found.count == 1 else {
      throw ArrayFileError.malformed(path: text, problem: Self.problem(file, found))
    }
    (self.text, self.path, self.file, self.name) = (text, path, file, name)
    shape = try file.storedShape(of: name)
    isMatlab = file.isMatlab(name)
  }

  private static func problem(_ file: HDF5File, _ found: [String]) -> String {
    let way = "name the one that is meant, as in FILE:/DATASET"
    if !found.isEmpty { return "has \(found.joined(separator: " and ")); \(way)" }
    let broken =
      file.brokenLinks.isEmpty
      ? ""
      : " (links that lead nowhere or into other files are not followed: "
        + file.brokenLinks.prefix(4).joined(separator: ", ") + ")"
    let names = file.names.prefix(8).joined(separator: ", ")
    return "has no dataset \(usualNames.joined(separator: " or "))\(broken); "
      + (names.isEmpty ? "it holds none" : "it holds \(names): \(way)")
  }
}

extension BetaDataset {
  /// How a dataset lies on a grid.
  struct Layout: Sendable {
    /// Whether trials run along the last axis of the file.
    let trialsLast: Bool
    /// The column of every voxel of the grid, -1 for one without; nil where columns are voxels.
    let columns: [Int]?
    let trialCount: Int
    /// What the user should know of it: a clause.
    let note: String
  }

  /// Finds which axis runs over trials, by the shape.
  ///
  /// - Parameters:
  ///   - mask: of the voxels that may be all that the dataset has, with its path; asked for where voxels
  ///     run along one axis.
  /// - Throws: `malformed` with both shapes where the dataset does not fit the grid, or fits twice.
  func layout(
    on space: RecordingSpace, mask: () throws -> (path: String, mask: RegionMask)?
  ) throws -> Layout {
    let grid = space.grid.shape
    if let first = shape.first, let last = shape.last, shape.count > 1,
      shape.dropFirst().dropLast().allSatisfy({ $0 == 1 })
    {
      return try flatLayout(first, last, on: space, try mask())
    }
    let isFirst = shape.count == 4 && Array(shape.dropFirst()) == grid.reversed()
    let isLast = shape.count == 4 && Array(shape.dropLast()) == grid
    guard isFirst || isLast else {
      throw misfit(
        "but the grid of \(space.path) has \(Self.text(grid)) voxels (i, j, k), so that trials × k × j × i "
          + "are \(Self.text(["trials"] + grid.reversed())), and i × j × k × trials "
          + "\(Self.text(grid + ["trials"])); give the betas and the regions of one space")
    }
    guard !(isFirst && isLast) else { throw ambiguity }
    return Layout(
      trialsLast: isLast, columns: nil, trialCount: isLast ? shape[3] : shape[0],
      note:
        "its axes are \(isLast ? "i × j × k × trials" : "trials × k × j × i"), as their lengths tell, "
        + "and its voxels are taken to be those of \(space.path), for it does not say where they lie"
        + namesNote)
  }

  /// The layout of trials × voxels, or voxels × trials.
  private func flatLayout(
    _ first: Int, _ last: Int, on space: RecordingSpace, _ mask: (path: String, mask: RegionMask)?
  ) throws -> Layout {
    let counts = [mask?.mask.isInside.count { $0 }, space.grid.voxelCount].compactMap { $0 }
    let (isFirst, isLast) = (counts.contains(last), counts.contains(first))
    guard isFirst || isLast else {
      throw misfit(
        "but the grid of \(space.path) has \(space.grid.voxelCount) voxels"
          + (mask.map { " and \($0.path) \(counts[0])" } ?? "")
          + "; where the voxels are those of a mask, "
          + "give it as --mask, for the file does not say where they lie")
    }
    guard !(isFirst && isLast) else { throw ambiguity }
    let isMasked = mask != nil && (isFirst ? last : first) == counts[0]
    return Layout(
      trialsLast: isLast, columns: columns(on: space.grid, isMasked ? mask?.mask : nil),
      trialCount: isLast ? last : first,
      note:
        "its axes are \(isLast ? "voxels × trials" : "trials × voxels"), as their lengths tell, and its "
        + "voxels are taken to be those of \(isMasked ? mask?.path ?? "" : space.path), with "
        + (isMatlab ? "i running fastest, as in MATLAB" : "k running fastest, as in NumPy")
        + ", for it does not say where they lie" + namesNote)
  }

  /// The column of every voxel where they follow one another as in MATLAB or as in NumPy.
  private func columns(on grid: Grid, _ mask: RegionMask?) -> [Int] {
    var (columns, next) = ([Int](repeating: -1, count: grid.voxelCount), 0)
    func add(_ voxel: Int) {
      guard mask?.isInside[voxel] ?? true else { return }
      columns[voxel] = next
      next += 1
    }
    if isMatlab {
      for voxel in 0..<grid.voxelCount { add(voxel) }
      return columns
    }
    for i in 0..<grid.shape[0] {
      for j in 0..<grid.shape[1] {
        for k in 0..<grid.shape[2] { add(grid.offset(i, j, k)) }
      }
    }
    return columns
  }

  private var namesNote: String {
    Self.namesOfGLMsingle.contains(name)
      ? "; GLMsingle keeps no names of stimuli: its trials, in the order of all runs, are the rows of the "
        + "trial table" : ""
  }

  private static func text(_ extents: [any CustomStringConvertible]) -> String {
    extents.map(\.description).joined(separator: " × ")
  }

  private func misfit(_ rest: String) -> ArrayFileError {
    .malformed(path: file.location(of: name), problem: "is \(Self.text(shape)), \(rest)")
  }

  private var ambiguity: ArrayFileError {
    misfit(
      "and so either its first or its last axis may run over trials; append a trial, with n/a as its "
        + "stimulus, or save it as NIfTI")
  }

  /// Calls `body` with the values of some voxels, trial after trial.
  ///
  /// - Parameter trials: which of them, counted from 0.
  func forEachTrial(
    _ trials: Range<Int>, at voxels: [Int], _ layout: Layout, threads: Int,
    _ body: ([Double]) -> Void
  ) throws {
    try file.forEachRow(
      trials, of: name,
      columns: layout.columns.map { columns in voxels.map { columns[$0] } } ?? voxels,
      rowsLast: layout.trialsLast, threads: threads, body)
  }
}
