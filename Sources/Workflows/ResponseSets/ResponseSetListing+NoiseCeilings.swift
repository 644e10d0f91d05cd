internal import ChiasmFiles
internal import Foundation

extension ResponseSetListing {
  /// The column of a table of units that holds noise ceilings.
  static let noiseCeilingColumn = "noise_ceiling"

  /// The table of a stage's units; an archive has none.
  func unitsTable(of entry: Entry) -> String? {
    let table = entry.unitsTable(in: path)
    return FileManager.default.fileExists(atPath: table) ? table : nil
  }

  /// The noise ceiling of every unit of a stage, NaN where it is `n/a`; nil if there are none and
  /// none are required.
  ///
  /// - Throws: for a table without them where they are required, with other rows than the stage has
  ///   units, or with a value that is no share from 0 to 1.
  func noiseCeilings(
    of entry: Entry, unitCount: Int, _ reading: NoiseCeilingReading
  ) throws -> [Double]? {
    guard reading != .skipped else { return nil }
    guard let file = unitsTable(of: entry) else {
      guard reading == .required else { return nil }
      throw Self.noCeilings(
        path: path,
        "has no table \(ResponseSetFolder.unitsTable(entry.stem)) with a column "
          + "'\(Self.noiseCeilingColumn)'")
    }
    let table = try Table(path: file)
    guard table.hasColumn(Self.noiseCeilingColumn) else {
      guard reading == .required else { return nil }
      throw Self.noCeilings(path: file, "has no column '\(Self.noiseCeilingColumn)'")
    }
    guard table.rows.count == unitCount else {
      throw ArrayFileError.malformed(
        path: file,
        problem: "has \(table.rows.count) rows, but stage \(entry.name) has \(unitCount) units")
    }
    let ceilings = try table.doubles(Self.noiseCeilingColumn)
    try Self.check(ceilings, in: table)
    return ceilings
  }

  private static func noCeilings(path: String, _ problem: String) -> ArrayFileError {
    .malformed(
      path: path,
      problem: problem
        + ", but noise ceilings are asked for; 'chiasm extract' writes it with --ncsnr "
        + "or when stimuli are repeated")
  }

  private static func check(_ ceilings: [Double], in table: Table) throws {
    guard let row = ceilings.firstIndex(where: { $0 < 0 || $0 > 1 }) else { return }
    let problem = ceilings[row] < 0 ? "is negative" : "is above 1"
    throw WorkflowError.tableRow(
      path: table.path, place: table.location(ofRow: row),
      problem: "noise ceiling \(ceilings[row]) \(problem); a share of variance from 0 to 1 is "
        + "expected (percents divided by 100), or n/a where it is not known")
  }
}
