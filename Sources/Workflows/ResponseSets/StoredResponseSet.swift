internal import ChiasmFiles
internal import Foundation
internal import ChiasmImaging
public import ChiasmResponses
internal import ChiasmStatistics

/// A response set as it was read from a folder or an `.npz`.
public struct StoredResponseSet: Sendable {
  /// The folder or the file.
  public let path: String
  /// The stages, checked.
  public let responses: ResponseSet
  /// Where the units lie in the brain; nil for a model.
  public let recording: RecordedUnits?
  /// For each stage the noise ceiling of every unit, in the order of its columns, as a share of
  /// variance from 0 to 1, NaN where it is not known; nil for a stage without them, and for all if
  /// they were not asked for. Where repeats were averaged they are those of the means.
  public let noiseCeilings: [[Double]?]
  /// How many rows of the files were averaged with others of their stimulus; 0 where each stimulus
  /// has one.
  public let averagedRepeatCount: Int
  /// The files that were read.
  public let files: [String]
  /// Guesses that were made while reading, for the user to see.
  public let notes: [String]

  /// Reads the set at `path`, only the stages named where `stages` is not nil.
  ///
  /// - Throws: with `noiseCeilings` also for ceilings that are required and missing, are no numbers,
  ///   negative or above 1.
  public init(
    path: String, stages: [String]? = nil, noiseCeilings reading: NoiseCeilingReading = .skipped
  ) throws(WorkflowError) {
    do {
      let listing = try ResponseSetListing(path: path)
      let chosen = try listing.choosing(stages)
      let repeats = ResponseSet.rows(ofEachIn: listing.stimulusIDs).map(\.count)
      let averaged = listing.hasRepeats ? repeats.filter { $0 > 1 } : []
      self.path = path
      responses = try Self.responses(listing, chosen)
      recording = try Self.recording(
        in: path, stages: chosen, unitCounts: responses.stages.map(\.unitCount))
      let noise = averaged.isEmpty ? 1 : NoiseCeiling.meanInverse(ofRepeats: repeats)
      noiseCeilings = try zip(chosen, responses.stages).map {
        try listing.noiseCeilings(of: $0, unitCount: $1.unitCount, reading)?.map {
          NoiseCeiling.share(ofSingleShowings: $0, meanInverseRepeats: noise)
        }
      }
      files =
        listing.files(of: chosen)
        + zip(chosen, noiseCeilings).compactMap { $1 == nil ? nil : listing.unitsTable(of: $0) }
      averagedRepeatCount = averaged.reduce(0, +)
      notes = (stages == nil ? listing.notes : []) + Self.notes(on: averaged, in: path)
    } catch {
      throw WorkflowError(error)
    }
  }

  private static func responses(
    _ listing: ResponseSetListing, _ chosen: [ResponseSetListing.Entry]
  ) throws -> ResponseSet {
    let stages = try chosen.map { try listing.stage(of: $0) }
    do {
      return listing.hasRepeats
        ? try ResponseSet(averagingRowsOf: listing.stimulusIDs, stages: stages)
        : try ResponseSet(stimulusIDs: listing.stimulusIDs, stages: stages)
    } catch {
      throw WorkflowError.responses(path: listing.path, error)
    }
  }

  /// - Parameter repeats: of each stimulus that has more than one.
  private static func notes(on repeats: [Int], in path: String) -> [String] {
    guard let least = repeats.min(), let greatest = repeats.max() else { return [] }
    let each = least == greatest ? "\(least)" : "\(least) to \(greatest)"
    return [
      "\(path): the \(repeats.reduce(0, +)) repeats of \(repeats.count) stimuli (\(each) of each) are "
        + "averaged before use."
    ]
  }
}

extension StoredResponseSet {
  /// The places of the units; nil when the set has no image of its regions.
  static func recording(
    in folder: String, stages: [ResponseSetListing.Entry], unitCounts: [Int]
  ) throws -> RecordedUnits? {
    let image = folder + "/" + ResponseSetFolder.regionsImage
    guard FileManager.default.fileExists(atPath: image) else { return nil }
    let header = try NIfTIReader(path: image).header
    try header.requireVolume(path: image)
    let grid = header.grid
    let voxels = try zip(stages, unitCounts).map { stage, unitCount in
      let table = stage.unitsTable(in: folder)
      let places = try Self.places(table: table, grid)
      guard places.count == unitCount else {
        throw ArrayFileError.malformed(
          path: table,
          problem: "has \(places.count) rows, but stage \(stage.name) has \(unitCount) units")
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
