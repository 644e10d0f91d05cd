internal import ChiasmResults
internal import ChiasmResponses
public import ChiasmFiles
internal import ChiasmImaging
internal import ChiasmLinearAlgebra

extension Extraction {
  /// Writes the response set of the brain into a new folder.
  public func write(to folder: OutputFolder) throws(WorkflowError) {
    do {
      try writeDescription(to: folder)
      try stimuliTable.write(to: folder.path(for: ResponseSetFolder.stimuli))
      try stagesTable.write(to: folder.path(for: ResponseSetFolder.stages))
      for region in regions { try write(region, to: folder) }
      try writeRegionsImage(to: folder)
      try droppedTable.write(to: folder.path(for: "dropped_voxels.tsv"))
      try JSONFile.write(ExtractionRecord(self), to: folder.path(for: ResponseSetFolder.provenance))
    } catch {
      throw WorkflowError(error)
    }
  }

  private func writeDescription(to folder: OutputFolder) throws {
    let description = DatasetDescription(
      name: "Responses of visual cortex",
      description: "Stimulus-by-voxel matrices of regions, extracted from NIfTI recordings")
    try JSONFile.write(description, to: folder.path(for: ResponseSetFolder.description))
  }

  private func write(_ region: ExtractedRegion, to folder: OutputFolder) throws {
    let stem = StageFileName.stem(region.name)
    let responses = responses(of: region)
    let array = NumpyArray(
      shape: [responses.rowCount, responses.columnCount], elements: .float32(responses.elements))
    try array.write(to: folder.path(for: ResponseSetFolder.matrix(stem)))
    try unitsTable(of: region).write(to: folder.path(for: ResponseSetFolder.unitsTable(stem)))
  }

  private func writeRegionsImage(to folder: OutputFolder) throws {
    let masker = Masker(image: header, regions: regions.map(\.keptVoxels))
    try NIfTIWriter.write(
      masker.labels { Int32($0 + 1) }, to: folder.path(for: ResponseSetFolder.regionsImage),
      like: header)
    let table = Table(
      columns: ["index", "name"],
      rows: regions.enumerated().map { [String($0 + 1), $1.name] })
    try table.write(to: folder.path(for: ResponseSetFolder.regionsTable))
  }
}

extension Extraction {
  private var stimuliTable: Table {
    settings.repeats == .average
      ? Table(
        columns: ["stimulus_id", "repeats"],
        rows: stimuli.rows.map { [$0.stimulusID, String($0.volumeCount)] })
      : Table(
        columns: ["stimulus_id", "session", "trial", "repeat"],
        rows: stimuli.rows.map {
          [$0.stimulusID, $0.session, String($0.trial), String($0.repetition)]
        })
  }

  private var stagesTable: Table {
    Table(
      columns: ["name", "file", "units"],
      rows: regions.map {
        [
          $0.name, ResponseSetFolder.matrix(StageFileName.stem($0.name)),
          String($0.keptVoxels.count),
        ]
      })
  }

  /// A row a column of the matrix: its number, the voxel (from 0), the place in mm.
  private func unitsTable(of region: ExtractedRegion) -> Table {
    let ceilings = noiseCeilings(of: region)
    let text = Table.Delimiter.tab.text
    let rows = region.keptVoxels.enumerated().map { unit, voxel in
      ([unit] + space.indices(at: voxel)).map(String.init) + space.position(at: voxel).map(text)
        + (ceilings.map { [text($0[unit])] } ?? [])
    }
    return Table(
      columns: ["unit"] + space.indexNames + space.positionNames
        + (ceilings == nil ? [] : ["noise_ceiling"]), rows: rows)
  }

  private var droppedTable: Table {
    let rows = regions.flatMap { region in
      zip(region.voxels, region.verdicts).filter { $0.1 != .kept }.map { voxel, verdict in
        [region.name] + space.indices(at: voxel).map(String.init) + [verdict.rawValue]
      }
    }
    return Table(columns: ["region"] + space.indexNames + ["cause"], rows: rows)
  }
}
