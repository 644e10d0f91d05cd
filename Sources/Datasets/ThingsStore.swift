internal import ChiasmFiles
internal import ChiasmResponses

extension ColumnStore {
  /// A subject of THINGS-fMRI's tables, which stand side by side in one folder:
  /// `sub-01_ResponseData.h5` (a pandas frame of voxels × trials), `sub-01_StimulusMetadata.csv` (a row a
  /// trial) and `sub-01_VoxelMetadata.csv` (a row a voxel).
  ///
  /// Regions are the columns of the voxels' table that hold 0 and 1 only; a voxel may be in several. Stimuli
  /// are called as in the column `stimulus`, and trials of one are averaged.
  ///
  /// - Parameter path: of the file of responses.
  /// - Throws: for tables that are missing, or have other rows than there are trials and voxels.
  init(things path: String) throws {
    let stem = String(path.dropLast(Self.responsesEnding.count))
    let (trialsPath, voxelsPath) = (stem + "_StimulusMetadata.csv", stem + "_VoxelMetadata.csv")
    let file = try HDF5File(path: path)
    guard let name = try Self.responses(of: file) else {
      throw ArrayFileError.malformed(
        path: path, problem: "holds no block of numbers, voxels × trials, of a pandas frame")
    }
    let shape = try file.storedShape(of: name)
    let stimuli = try Table(path: trialsPath).identifiers("stimulus")
    let voxels = try Table(path: voxelsPath)
    for (table, count, axis) in [
      (trialsPath, stimuli.count, 1), (voxelsPath, voxels.rows.count, 0),
    ]
    where count != shape[axis] {
      throw ArrayFileError.malformed(
        path: table,
        problem: "has \(count) rows, but \(file.location(of: name)) has \(shape[axis]) "
          + (axis == 1 ? "trials" : "voxels"))
    }
    var stages: [ColumnStage] = []
    for (column, region) in voxels.columns.enumerated() where region != "voxel_id" {
      let cells = voxels.rows.map { $0[column] }
      guard cells.allSatisfy({ ["0", "1", "0.0", "1.0"].contains($0) }) else { continue }
      let inside = cells.indices.filter { cells[$0].hasPrefix("1") }
      if !inside.isEmpty { stages.append(ColumnStage(name: region, columns: inside)) }
    }
    guard !stages.isEmpty else {
      throw ArrayFileError.malformed(
        path: voxelsPath, problem: "has no column of 0 and 1, which says which voxels a region has")
    }
    self.init(
      path: path, format: "responses of THINGS-fMRI", role: .region, stimulusIDs: stimuli,
      hasRepeats: Set(stimuli).count < stimuli.count, stages: stages,
      source: Source(datatype: "float64", place: file.location(of: name)) { columns in
        var values: [Double] = []
        values.reserveCapacity(shape[1] * columns.count)
        try file.forEachRow(0..<shape[1], of: name, columns: columns, rowsLast: true) {
          values += $0
        }
        return NumpyArray(shape: [shape[1], columns.count], elements: .float64(values))
      }, files: [path, trialsPath, voxelsPath],
      notes: [
        "\(path): regions are the columns of 0 and 1 in \(voxelsPath), stimuli its trials' column "
          + "stimulus."
      ])
  }

  static let responsesEnding = "_ResponseData.h5"

  /// The largest matrix of a pandas frame.
  private static func responses(of file: HDF5File) throws -> String? {
    var largest: (name: String, count: Int)?
    for name in file.names {
      let parts = name.split(separator: "/").last ?? ""
      guard parts.hasPrefix("block"), parts.hasSuffix("_values") else { continue }
      let description = try file.description(of: name)
      let count = description.shape.reduce(1, *)
      guard case .numbers = description.content, description.shape.count == 2 else { continue }
      if count > largest?.count ?? 0 { largest = (name, count) }
    }
    return largest?.name
  }
}
