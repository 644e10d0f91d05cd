public import ChiasmFiles
internal import Foundation
public import ChiasmResponses

/// Files and folders as other tools and data sets leave them.
public enum ToolLayouts {
  /// What a folder is that a tool wrote.
  private enum Folder {
    case modules, algonauts, stimulusFiles
    case things(files: [String])
  }

  private static func folder(_ path: String) throws -> Folder? {
    let names = try FolderTree.listing(of: path)
    if names.contains(ModuleFolderStore.namesFile) { return .modules }
    if names.contains("training_split"), names.contains("roi_masks") { return .algonauts }
    let responses = names.filter { $0.hasSuffix(ColumnStore.responsesEnding) }
    if !responses.isEmpty { return .things(files: responses) }
    return try StimulusFilesStore.recognises(names, in: path) ? .stimulusFiles : nil
  }

  /// Whether a folder looks like one that a tool wrote.
  ///
  /// - Throws: where it cannot be read.
  public static func recognises(folder path: String) throws -> Bool { try folder(path) != nil }

  /// The store of a folder that a tool wrote; nil for another.
  ///
  /// - Throws: what is wrong with it.
  public static func store(folder path: String) throws -> (any ResponseStore)? {
    switch try folder(path) {
    case .modules: return try ModuleFolderStore(path: path)
    case .algonauts: return try ColumnStore(algonauts: path)
    case .things(let files):
      guard files.count == 1 else {
        throw ArrayFileError.malformed(
          path: path,
          problem: "has the responses of several subjects (\(files.joined(separator: ", "))); give "
            + "one of these files")
      }
      return try ColumnStore(things: path + "/" + files[0])
    case .stimulusFiles: return try StimulusFilesStore(path: path)
    case nil: return nil
    }
  }

  /// The store of a file of arrays: as the tool has it that wrote it, else every matrix a stage.
  ///
  /// - Parameter list: names of the stimuli, as `ArrayStore` takes them.
  /// - Throws: what is wrong with it.
  public static func anyStore(
    file: any ArrayFile, list: String? = nil
  ) throws -> any ResponseStore {
    try store(file: file) ?? ArrayStore(file, list: list)
  }

  /// The store of a file that a tool wrote; nil for another.
  ///
  /// - Throws: what is wrong with it.
  public static func store(file: any ArrayFile) throws -> (any ResponseStore)? {
    guard let file = file as? HDF5File else { return nil }
    if file.path.hasSuffix(ColumnStore.responsesEnding) {
      return try ColumnStore(things: file.path)
    }
    return try ColumnStore(bdata: file) ?? ColumnStore(assembly: file)
  }
}
