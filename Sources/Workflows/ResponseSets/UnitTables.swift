internal import ChiasmFiles
internal import Foundation
public import ChiasmImaging
internal import ChiasmResponses

/// Where the units of a brain lie: what maps are written back with.
public struct RecordedUnits: Sendable {
  /// The image of the regions, whose grid and codes maps take over.
  public let image: NIfTIHeader
  /// The voxels in space.
  public let grid: Grid
  /// For each stage, the place in the image's storage of every unit, in the order of its columns.
  public let voxels: [[Int]]

  /// Takes the voxels of an image that units are.
  public init(image: NIfTIHeader, grid: Grid, voxels: [[Int]]) {
    (self.image, self.grid, self.voxels) = (image, grid, voxels)
  }
}

/// Whether noise ceilings are read with a response set.
public enum NoiseCeilingReading: Equatable, Sendable {
  /// They are not looked at, so that nothing about them can be wrong.
  case skipped
  /// Of the stages that have them.
  case whereGiven
  /// Of every stage; one without them is an error.
  case required
}

extension ResponseStore {
  /// The table of a stage's units; nil where there is none, as in an archive.
  func unitsTable(of entry: StageEntry) -> String? {
    let table = ResponseSetFolder.unitsTable(of: entry, in: path)
    return FileManager.default.fileExists(atPath: table) ? table : nil
  }

  /// The places of the units; nil when the set has no image of its regions.
  func recording(of entries: [StageEntry], unitCounts: [Int]) throws -> RecordedUnits? {
    let image = path + "/" + ResponseSetFolder.regionsImage
    guard FileManager.default.fileExists(atPath: image) else { return nil }
    let header = try NIfTIReader(path: image).header
    try header.requireVolume(path: image)
    let grid = header.grid
    let voxels = try zip(entries, unitCounts).map { entry, unitCount in
      let table = ResponseSetFolder.unitsTable(of: entry, in: path)
      let places = try Self.places(table: table, grid)
      guard places.count == unitCount else {
        throw ArrayFileError.malformed(
          path: table,
          problem: "has \(places.count) rows, but stage \(entry.name) has \(unitCount) units")
      }
      return places
    }
    return RecordedUnits(image: header, grid: grid, voxels: voxels)
  }

  private static func places(table path: String, _ grid: Grid) throws -> [Int] {
    let table = try Table(path: path)
    let places = try ["i", "j", "k"].map { try table.integers($0) }
    return try table.rows.indices.map { row in
      let place = places.map { $0[row] }
      guard zip(place, grid.shape).allSatisfy({ $0 >= 0 && $0 < $1 }) else {
        throw WorkflowError.tableRow(
          path: path, place: table.location(ofRow: row),
          problem: "voxel \(place) lies outside the grid of \(grid.shape)")
      }
      return grid.offset(place[0], place[1], place[2])
    }
  }
}

/// The column of a table of units that holds noise ceilings.
private let noiseCeilingColumn = "noise_ceiling"

extension ResponseStore {
  /// The noise ceiling of every unit of a stage, NaN where it is `n/a`; nil if there are none and
  /// none are required.
  ///
  /// - Throws: for a table without them where they are required, with other rows than the stage has
  ///   units, or with a value that is no share from 0 to 1.
  func noiseCeilings(
    of entry: StageEntry, unitCount: Int, _ reading: NoiseCeilingReading
  ) throws -> [Double]? {
    guard reading != .skipped else { return nil }
    guard let file = unitsTable(of: entry) else {
      guard reading == .required else { return nil }
      let stem = ResponseSetFolder.stem(ofMatrix: entry.file)
      throw noCeilings(
        path: path,
        "has no table \(ResponseSetFolder.unitsTable(stem)) with a column '\(noiseCeilingColumn)'")
    }
    let table = try Table(path: file)
    guard table.hasColumn(noiseCeilingColumn) else {
      guard reading == .required else { return nil }
      throw noCeilings(path: file, "has no column '\(noiseCeilingColumn)'")
    }
    guard table.rows.count == unitCount else {
      throw ArrayFileError.malformed(
        path: file,
        problem: "has \(table.rows.count) rows, but stage \(entry.name) has \(unitCount) units")
    }
    let ceilings = try table.doubles(noiseCeilingColumn)
    try check(ceilings, in: table)
    return ceilings
  }

  private func noCeilings(path: String, _ problem: String) -> ArrayFileError {
    .malformed(
      path: path,
      problem: problem
        + ", but noise ceilings are asked for; 'chiasm extract' writes it with --ncsnr "
        + "or when stimuli are repeated")
  }

  private func check(_ ceilings: [Double], in table: Table) throws {
    guard let row = ceilings.firstIndex(where: { $0 < 0 || $0 > 1 }) else { return }
    let problem = ceilings[row] < 0 ? "is negative" : "is above 1"
    throw WorkflowError.tableRow(
      path: table.path, place: table.location(ofRow: row),
      problem: "noise ceiling \(ceilings[row]) \(problem); a share of variance from 0 to 1 is "
        + "expected (percents divided by 100), or n/a where it is not known")
  }
}
