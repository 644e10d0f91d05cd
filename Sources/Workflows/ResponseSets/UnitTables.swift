internal import ChiasmFiles
internal import Foundation
internal import ChiasmImaging
internal import ChiasmResponses

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
  func recording(of entries: [StageEntry], unitCounts: [Int]) throws -> Masker? {
    let image = path + "/" + ResponseSetFolder.regionsImage
    guard FileManager.default.fileExists(atPath: image) else { return nil }
    let header = try NIfTIReader(path: image).header
    try header.requireVolume(path: image)
    let space = UnitSpace.volume(header.grid)
    let places = try zip(entries, unitCounts).map { entry, unitCount in
      let table = ResponseSetFolder.unitsTable(of: entry, in: path)
      let places = try Self.places(table: table, space)
      guard places.count == unitCount else {
        throw ArrayFileError.malformed(
          path: table,
          problem: "has \(ReportText.count(places.count, "row")), but stage \(entry.name) has "
            + ReportText.count(unitCount, "unit"))
      }
      return places
    }
    return Masker(image: header, regions: places)
  }

  private static func places(table path: String, _ space: UnitSpace) throws -> [Int] {
    let table = try Table(path: path)
    let columns = try space.indexNames.map { try table.integers($0) }
    return try table.rows.indices.map { row in
      let indices = columns.map { $0[row] }
      guard let place = space.place(at: indices) else {
        throw WorkflowError.tableRow(
          path: path, place: table.location(ofRow: row),
          problem: "voxel \(indices) lies outside the grid of \(space.indexCounts)")
      }
      return place
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
        problem: "has \(ReportText.count(table.rows.count, "row")), but stage \(entry.name) has "
          + ReportText.count(unitCount, "unit"))
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
