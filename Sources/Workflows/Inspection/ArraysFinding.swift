internal import ChiasmDatasets
internal import ChiasmFiles
internal import ChiasmReporting

/// A file of arrays that is no response set as it lies there.
struct ArraysFinding: Finding {
  struct Entry: Encodable {
    let name: String
    let shape: [Int]
    /// The type of numbers as NumPy names it, `text`, or what the array is and is not read.
    let content: String
    let is_read: Bool
  }

  let kind: String
  /// What the file is.
  let format: String
  let arrays: [Entry]
  /// Why it is no response set, and what to do; a sentence.
  let problem: String?
  private let path: String

  /// A response set if the file names its stimuli and has a matrix of as many rows; else its arrays, and
  /// of an `.npy` file, which has one, what it says of itself.
  static func finding(path: String, withValues: Bool) throws -> any Finding {
    guard let file = try ArrayFiles.open(path) else {
      throw PathKind.refusal(of: path, expecting: "a file of arrays")
    }
    do {
      let store = try ToolLayouts.anyStore(file: file)
      return try ResponseSetFinding(store, path: path, withValues: withValues)
    } catch let error as ArrayFileError {
      return file is NumpyFile
        ? try ArrayFinding(path: path, withValues: withValues)
        : try ArraysFinding(file, problem: error.description)
    }
  }

  /// A text file as a response set, where it is a matrix whose stimuli have names; else nil.
  static func matrix(path: String, withValues: Bool) throws -> (any Finding)? {
    guard let file = try? TextMatrix(path: path), let store = try? ArrayStore(file),
      !store.entries.isEmpty
    else { return nil }
    return try ResponseSetFinding(store, path: path, withValues: withValues)
  }

  private init(_ file: any ArrayFile, problem: String) throws(ArrayFileError) {
    path = file.path
    format = try Self.format(of: file.path)
    var arrays: [Entry] = []
    for name in file.names {
      let description = try file.description(of: name)
      let (content, isRead) =
        switch description.content {
        case .numbers(let type): (type, true)
        case .text: ("text", true)
        case .other(let noun): (noun, false)
        }
      arrays.append(
        Entry(name: name, shape: description.shape, content: content, is_read: isRead))
    }
    self.arrays = arrays
    let isSparse = ["data", "indices", "indptr", "format", "shape"].allSatisfy(file.contains)
    kind = isSparse ? "sparse_matrix" : file is NumpyArchive ? "archive" : "arrays"
    self.problem = isSparse ? nil : problem
  }

  /// What a file of arrays is called, with its article.
  static func format(of path: String) throws(ArrayFileError) -> String {
    let content = try FileContent(path: path)
    return content == .zip ? "a NumPy archive (.npz)" : content.noun
  }

  private enum CodingKeys: CodingKey { case kind, format, arrays, problem }

  var report: Report {
    let noun =
      kind == "sparse_matrix"
      ? "SciPy sparse matrix"
      : "\(format.dropFirst(format.hasPrefix("an ") ? 3 : 2)), no response set"
    return Report(
      title: "\(path): \(noun)",
      sections: [
        .table(
          heading: "Arrays (\(arrays.count))",
          TextTable(
            ["name", "shape", "type"],
            rows: arrays.map {
              [
                $0.name, NumberText.shape($0.shape),
                $0.is_read ? $0.content : "\($0.content), not read",
              ]
            }))
      ] + (problem.map { [.paragraph($0)] } ?? []))
  }
}
