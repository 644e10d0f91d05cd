internal import ChiasmResults
internal import ChiasmResponses
public import ChiasmFiles
internal import ChiasmImaging
internal import ChiasmLinearAlgebra
internal import ChiasmTables

extension Extraction {
  /// Writes the response set of the brain into a new folder.
  public func write(to folder: OutputFolder) throws(WorkflowError) {
    do {
      try writeDescription(to: folder)
      for table in [stimulusTable, stageTable, labelTable, droppedTable] {
        try table.write(to: folder, as: .tsv)
      }
      for region in regions { try write(region, to: folder) }
      try NIfTIWriter.write(
        Masker(image: header, regions: regions.map(\.keptVoxels)).labels { Int32($0 + 1) },
        to: folder.path(for: ResponseSetFolder.regionsImage), like: header)
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
    try unitTable(of: region, named: stem + "_units").write(to: folder, as: .tsv)
  }
}

// MARK: Tables

extension Extraction {
  private var stimulusTable: ResultTable {
    let stimulus = Self.stimulus
    return settings.repeats == .average
      ? ResultTable(
        "stimuli", "A row for each row of the matrices", stimuli.rows,
        columns: [
          .init(stimulus, text: { $0.stimulusID }),
          .init(
            Quantity("repeats", "repeats", "Volumes that were averaged", .count),
            count: { $0.volumeCount }),
        ])
      : ResultTable(
        "stimuli", "A row for each row of the matrices", stimuli.rows,
        columns: [
          .init(stimulus, text: { $0.stimulusID }),
          .init(
            Quantity("session", "session", "The session of the volume", .text),
            text: { $0.session }),
          .init(
            Quantity("trial", "trial", "The trial of the session", .count), count: { $0.trial }),
          .init(
            Quantity("repeat", "repeat", "Which showing of the stimulus it is, from 1", .count),
            count: { $0.repetition }),
        ])
  }

  private static var stimulus: Quantity {
    Quantity("stimulus_id", "stimulus", "The name of the stimulus", .text)
  }

  private var stageTable: ResultTable {
    ResultTable(
      "stages", "A row for each region, in the order of the hierarchy", regions,
      columns: [
        .init(Quantity("name", "region", "The name of the region", .text), text: { $0.name }),
        .init(
          Quantity("file", "file", "The matrix of the region, stimuli × voxels", .text),
          text: { ResponseSetFolder.matrix(StageFileName.stem($0.name)) }),
        .init(
          Quantity("units", "voxels", "Columns of the matrix", .count),
          count: { $0.keptVoxels.count }),
      ])
  }

  /// What the labels of `regions_dseg.nii.gz` stand for.
  private var labelTable: ResultTable {
    ResultTable(
      "regions_dseg", "A row for each label of the image", Array(regions.enumerated()),
      columns: [
        .init(
          Quantity("index", "label", "The value in the image", .count), count: { $0.offset + 1 }),
        .init(
          Quantity("name", "region", "The name of the region", .text), text: { $0.element.name }),
      ])
  }

  /// A row a column of the matrix: its number, the voxel (from 0), the place in mm.
  private func unitTable(of region: ExtractedRegion, named name: String) -> ResultTable {
    let ceilings = noiseCeilings(of: region)
    let ceiling = Quantity(
      "noise_ceiling", "noise ceiling",
      "Share of the voxel's variance over stimuli that is signal, once repeats are averaged",
      in: 0...1)
    return ResultTable(
      name, "A row for each column of the matrix",
      quantities: [Quantity("unit", "unit", "The column of the matrix, from 0", .count)]
        + indexQuantities
        + space.positionNames.map {
          Quantity($0, $0, "Where the voxel's middle lies in the space of the image", unit: "mm")
        } + (ceilings == nil ? [] : [ceiling]),
      rows: region.keptVoxels.enumerated().map { unit, voxel in
        ([unit] + space.indices(at: voxel)).map { .count($0) }
          + space.position(at: voxel).map { .number($0) }
          + (ceilings.map { [.number($0[unit])] } ?? [])
      })
  }

  private var indexQuantities: [Quantity] {
    space.indexNames.map {
      Quantity($0, $0, "The voxel's place along axis \($0) of the grid, from 0", .count)
    }
  }

  private var droppedTable: ResultTable {
    let levels = VoxelVerdict.allCases.filter { $0 != .kept }.map {
      Quantity.Level($0.rawValue, $0.phrase, $0.phrase)
    }
    return ResultTable(
      "dropped_voxels", "A row for each voxel of a region that was left out",
      quantities: [Quantity("region", "region", "The name of the region", .text)]
        + indexQuantities + [
          Quantity("cause", "cause", "Why it was left out", .text, levels: levels)
        ],
      rows: regions.flatMap { region in
        zip(region.voxels, region.verdicts).filter { $0.1 != .kept }.map { voxel, verdict in
          [.text(region.name)] + space.indices(at: voxel).map { .count($0) }
            + [.text(verdict.rawValue)]
        }
      })
  }
}
