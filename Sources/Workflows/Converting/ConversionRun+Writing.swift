internal import ChiasmFiles
internal import ChiasmLinearAlgebra
internal import ChiasmResponses
internal import ChiasmResults
internal import ChiasmTables
internal import Foundation

extension ConversionRun {
  /// The most numbers that are written at once.
  private static let blockLimit = 1 << 22

  /// Writes one stage as `.npy`: `float32` where the type of its file fits into it, else `float64`.
  private func write(_ part: Part, to path: String, _ count: (Int) -> Void) throws {
    let writer = try NumpyRowWriter(
      path: path, shape: [part.shape.rowCount, part.unitCount], isDouble: !part.shape.isNarrow)
    let rowCount = max(1, Self.blockLimit / max(1, part.shape.unitCount))
    try part.store.forEachBlock(of: part.entry, rowCount: rowCount) { block in
      try writer.append((part.columns.map(block.selectingColumns) ?? block).elements)
      count(block.rowCount)
    }
    try writer.commit()
  }

  func writeFolder(
    _ folder: OutputFolder, _ record: () throws -> ConversionRecord, _ count: (Int) -> Void
  ) throws {
    let description = DatasetDescription(
      name: "Responses", description: "Matrices of stimuli × units, converted")
    try JSONFile.write(description, to: folder.path(for: ResponseSetFolder.description))
    for part in parts {
      let stem = StageFileName.stem(part.entry.name)
      try write(part, to: folder.path(for: ResponseSetFolder.matrix(stem)), count)
      try copyUnits(of: part, to: folder.path(for: ResponseSetFolder.unitsTable(stem)))
    }
    if let stimulusTable {
      try Table(path: stimulusTable).write(to: folder.path(for: ResponseSetFolder.stimuli))
    } else {
      try Table(columns: ["stimulus_id"], rows: stimulusIDs.map { [$0] })
        .write(to: folder.path(for: ResponseSetFolder.stimuli))
    }
    try stageTable.write(to: folder, as: .tsv)
    try copyRegions(to: folder)
    try JSONFile.write(record(), to: folder.path(for: ResponseSetFolder.provenance))
  }

  /// What the user should know of what no file but a folder holds.
  public var lossNotes: [String] {
    let places = parts.filter { $0.store.unitsTable(of: $0.entry) != nil }
    return places.isEmpty
      ? []
      : [
        "Places and noise ceilings of units are left out, for only a folder holds them: "
          + places.map(\.entry.name).joined(separator: ", ") + "."
      ]
  }

  func writeArchive(
    _ path: String, _ record: () throws -> ConversionRecord, _ count: (Int) -> Void
  ) throws {
    let reserved = ["stimulus_id", "provenance"]
    if let part = parts.first(where: { reserved.contains($0.entry.name) }) {
      throw WorkflowError.setting(
        name: "A stage",
        expected: "called otherwise, or written into a folder, for an .npz has an "
          + "array of that name beside the stages", actual: "called \(part.entry.name)")
    }
    var files: [(name: String, path: String)] = []
    func next(_ name: String) -> String {
      files.append((name, "\(path).\(files.count)"))
      return "\(path).\(files.count - 1)"
    }
    try NumpyArray(shape: [stimulusIDs.count], elements: .strings(stimulusIDs))
      .write(to: next("stimulus_id"))
    for part in parts { try write(part, to: next(part.entry.name), count) }
    try NumpyArray(shape: [], elements: .strings([JSONFile.text(record())]))
      .write(to: next("provenance"))
    try NumpyArchive.write(files: files, to: path)
    for file in files { try FileManager.default.removeItem(atPath: file.path) }
  }

  private var stageTable: ResultTable {
    ResultTable(
      "stages", "A row for each stage, in the order of the hierarchy", parts,
      columns: [
        .init(
          Quantity("name", "stage", "The name of the stage", .text), text: { $0.entry.name }),
        .init(
          Quantity("file", "file", "The matrix of the stage, stimuli × units", .text),
          text: { ResponseSetFolder.matrix(StageFileName.stem($0.entry.name)) }),
        .init(
          Quantity("units", "units", "Columns of the matrix", .count), count: { $0.unitCount }),
      ])
  }

  /// The places and noise ceilings of the units that are written, where there are any.
  private func copyUnits(of part: Part, to path: String) throws {
    guard let file = part.store.unitsTable(of: part.entry) else { return }
    let table = try Table(path: file)
    guard table.rows.count == part.shape.unitCount else {
      throw ArrayFileError.malformed(
        path: file,
        problem:
          "has \(ReportText.count(table.rows.count, "row")), but stage \(part.entry.name) has "
          + ReportText.count(part.shape.unitCount, "unit"))
    }
    let rows = part.columns.map { $0.map { table.rows[$0] } } ?? table.rows
    try Table(columns: table.columns, rows: rows).write(to: path, delimiter: .tab)
  }

  /// The image of the regions, which says what space the units lie in.
  private func copyRegions(to folder: OutputFolder) throws {
    for set in Set(parts.map(\.store.path)).sorted() {
      let names = [
        ResponseSetFolder.regionsImage, "regions_dseg.tsv", "regions_dseg.json",
      ].filter { FileManager.default.fileExists(atPath: set + "/" + $0) }
      guard !names.isEmpty else { continue }
      for name in names {
        try FileManager.default.copyItem(atPath: set + "/" + name, toPath: folder.path(for: name))
      }
      return
    }
  }
}

/// `provenance.json` of a converted set, and the text `provenance` of an `.npz`.
struct ConversionRecord: Codable, Equatable {
  struct Settings: Codable, Equatable {
    /// The stages that were asked for; absent for all.
    let stages: [String]?
    let pool: Pooling?
    let max_units: Int?
    let project: Int?
  }

  struct Stage: Codable, Equatable {
    let name: String
    /// The extents of the axes of units as they were read, once pooled and projected.
    let axes: [Int]
    /// The units that are written.
    let units: Int
  }

  let provenance: Provenance
  let settings: Settings
  /// Rows of the matrices.
  let rows: Int
  let stages: [Stage]

  init(_ run: ConversionRun, _ provenance: Provenance) {
    self.provenance = provenance
    settings = Settings(
      stages: run.settings.stages, pool: run.settings.pooling, max_units: run.settings.maximumUnits,
      project: run.settings.projectedUnitCount)
    rows = run.stimulusIDs.count
    stages = run.parts.map {
      Stage(name: $0.entry.name, axes: $0.shape.axes, units: $0.unitCount)
    }
  }
}
