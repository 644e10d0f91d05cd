internal import ChiasmFiles
internal import ChiasmResponses

extension ColumnStore {
  /// A `BData` of bdpy (Kamitani laboratory; HDF5): brain and labels side by side in one matrix, with a
  /// table that says which columns are what; nil for a file of another kind.
  ///
  /// Regions are the keys that begin with `ROI_`, without these letters; where there are none, the key
  /// `VoxelData` or the first key. Stimuli are the key `stimulus_name`, `stimulus_id` or `Label`, in words
  /// where the file has them (`vmap`). Trials of one stimulus are averaged, and trials of imagery
  /// (`DataType` 3) are left out.
  ///
  /// - Throws: for a table that does not fit the matrix, and for trials without names.
  init?(bdata file: HDF5File) throws {
    let matrix = file.contains("dataset") ? "dataset" : "dataSet"
    let table = file.contains("metadata/key") ? "metadata" : "metaData"
    guard file.contains(matrix), file.contains(table + "/key"), file.contains(table + "/value")
    else { return nil }
    let metadata = try Metadata(file, table: table, matrix: matrix)
    let place = file.location(of: matrix)
    let names = ["stimulus_name", "stimulus_id", "Label"]
    guard let label = names.first(where: { metadata.columns[$0]?.count == 1 }),
      let column = metadata.columns[label]?.first
    else {
      throw ArrayFileError.malformed(
        path: place,
        problem: "has no key \(names.joined(separator: ", ")) of one column, which names the "
          + "stimulus of every trial; its keys are "
          + metadata.keys.prefix(8).joined(separator: ", "))
    }
    let stimuli = try Self.names(file, key: label, column: column, matrix: matrix)
    var notes = ["\(file.path): stimuli are named by the key \(label)."]
    var rows: [Int]?
    if let type = metadata.columns["DataType"]?.first {
      let types = try file.array(matrix, columns: [type]).doubles(name: place)
      let seen = types.indices.filter { types[$0] != 3 }
      if seen.count < types.count {
        rows = seen
        notes.append(
          "\(file.path): trials of imagery (DataType 3) are left out, \(types.count - seen.count) of "
            + "\(types.count).")
      }
    }
    let regions = metadata.keys.filter { $0.hasPrefix("ROI_") }
    let brain = metadata.columns["VoxelData"] == nil ? metadata.keys.first : "VoxelData"
    let stages =
      regions.isEmpty
      ? [brain].compactMap { $0 }.map { ColumnStage(name: $0, columns: metadata.columns[$0] ?? []) }
      : regions.map {
        ColumnStage(name: String($0.dropFirst(4)), columns: metadata.columns[$0] ?? [])
      }
    let kept = rows.map { rows in rows.map { stimuli[$0] } } ?? stimuli
    self.init(
      path: file.path, format: "a BData file of bdpy (HDF5)", role: .region, stimulusIDs: kept,
      hasRepeats: Set(kept).count < kept.count, stages: stages.filter { !$0.columns.isEmpty },
      source: Source(datatype: "float64", rows: rows, place: place) {
        try file.array(matrix, columns: $0)
      }, files: [file.path], notes: notes)
  }

  /// The names of a key's values: words of `vmap`, else the numbers.
  private static func names(
    _ file: HDF5File, key: String, column: Int, matrix: String
  ) throws -> [String] {
    let place = file.location(of: matrix)
    let values = try file.array(matrix, columns: [column]).doubles(name: place)
    let prefix = "vmap/\(key)/"
    var words: [Double: String] = [:]
    for name in file.names where name.hasPrefix(prefix) {
      guard let value = Double(name.dropFirst(prefix.count)) else { continue }
      words[value] = try file.array(name).strings(name: file.location(of: name)).first
    }
    return try values.enumerated().map { row, value in
      if let word = words[value] { return word }
      guard value.isFinite else {
        throw ArrayFileError.malformed(
          path: place, problem: "trial \(row + 1) has the \(key) \(value), which is no name")
      }
      // A category and an image with a point between them, as in 3626115.019498.
      return Int(exactly: value).map(String.init) ?? "\(value)"
    }
  }

  /// Which columns belong to which key.
  private struct Metadata {
    var keys: [String] = []
    var columns: [String: [Int]] = [:]

    init(_ file: HDF5File, table: String, matrix: String) throws {
      keys = try file.array(table + "/key").strings(name: file.location(of: table + "/key"))
      let values = try file.array(table + "/value")
      let place = file.location(of: table + "/value")
      let width = try file.description(of: matrix).shape.last ?? 0
      guard values.shape == [keys.count, width] else {
        throw ArrayFileError.malformed(
          path: place,
          problem:
            "has shape \(values.shape), but \(keys.count) keys × \(width) columns are expected")
      }
      let numbers = try values.doubles(name: place)
      for (row, key) in keys.enumerated() {
        columns[key] = (0..<width).filter { numbers[row * width + $0] == 1 }
      }
    }
  }
}
