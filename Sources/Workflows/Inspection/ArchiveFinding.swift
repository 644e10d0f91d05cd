internal import ChiasmFiles
internal import ChiasmReporting

/// An `.npz` file that is no response set.
struct ArchiveFinding: Finding {
  struct Entry: Encodable {
    let name: String
    let shape: [Int]
  }

  let kind: String
  let arrays: [Entry]
  private let path: String

  /// A response set if the archive names its stimuli, else its arrays.
  static func finding(path: String, withValues: Bool) throws -> any Finding {
    let archive = try NumpyArchive(path: path)
    guard archive.contains("stimulus_id") else { return try ArchiveFinding(archive) }
    return try ResponseSetFinding(path: path, withValues: withValues)
  }

  private init(_ archive: NumpyArchive) throws(ArrayFileError) {
    path = archive.path
    var arrays: [Entry] = []
    for name in archive.names {
      arrays.append(Entry(name: name, shape: try archive.header(of: name).shape))
    }
    self.arrays = arrays
    let isSparse = ["data", "indices", "indptr", "format", "shape"].allSatisfy(archive.contains)
    kind = isSparse ? "sparse_matrix" : "archive"
  }

  private enum CodingKeys: CodingKey { case kind, arrays }

  var report: Report {
    let noun =
      kind == "archive"
      ? "NumPy archive, no response set (it has no array stimulus_id)" : "SciPy sparse matrix"
    return Report(
      title: "\(path): \(noun)",
      sections: [
        .table(
          heading: "Arrays (\(arrays.count))",
          TextTable(
            ["name", "shape"], rows: arrays.map { [$0.name, NumberText.shape($0.shape)] }))
      ])
  }
}
