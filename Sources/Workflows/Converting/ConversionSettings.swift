public import ChiasmResponses

/// What a response set is written as.
public enum ConversionFormat: String, CaseIterable, Sendable {
  /// A folder with `stimuli.tsv`, `stages.tsv` and an `.npy` a stage.
  case folder
  /// One `.npz` with an array a stage.
  case npz

  /// Takes the format that the end of a path names; a path without such an end is a folder.
  ///
  /// - Throws: `setting` for the end of a file that is not written.
  public init(path: String) throws(WorkflowError) {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let ending = name.contains(".") ? name.split(separator: ".").last?.lowercased() ?? "" : ""
    if let format = Self(rawValue: ending), format != .folder {
      self = format
    } else if Self.others.contains(ending) {
      throw .setting(
        name: "--output",
        expected: "a folder or a file "
          + Self.allCases.filter { $0 != .folder }.map { ".\($0.rawValue)" }
          .joined(separator: ", "), actual: path)
    } else {
      self = .folder
    }
  }

  /// Ends of files of other formats, which no folder is called by.
  private static let others: Set = [
    "npy", "mat", "csv", "tsv", "txt", "h5", "hdf5", "nc", "safetensors", "pt", "pth", "pkl", "zip",
  ]
}

/// Which response sets are converted and what becomes of their units.
public struct ConversionSettings: Sendable {
  /// The sets: folders or files. The stages of all of them make up the new set.
  public var inputs: [String]
  /// The stages that are written, in this order; all when nil.
  public var stages: [String]?
  /// How layers with several axes of units are pooled; nil for not at all.
  public var pooling: Pooling?
  /// The most units of a stage that are written, drawn at random; all when nil.
  public var maximumUnits: Int?
  /// How many units a layer that has more is projected to; nil for none.
  public var projectedUnitCount: Int?
  /// The seed of draws and projections.
  public var seed: UInt64 = 0

  /// Converts sets as they are.
  public init(inputs: [String]) { self.inputs = inputs }
}
