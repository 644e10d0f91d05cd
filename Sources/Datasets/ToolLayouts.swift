public import ChiasmFiles
internal import Foundation
public import ChiasmResponses

/// Files and folders as other tools and data sets leave them.
public enum ToolLayouts {
  /// The store of a folder that a tool wrote; nil for another.
  ///
  /// - Throws: what is wrong with it.
  public static func store(folder path: String) throws -> (any ResponseStore)? {
    let names = try FolderTree.listing(of: path)
    if names.contains(ModuleFolderStore.namesFile) { return try ModuleFolderStore(path: path) }
    if names.contains("training_split"), names.contains("roi_masks") {
      return try ColumnStore(algonauts: path)
    }
    let responses = names.filter { $0.hasSuffix(ColumnStore.responsesEnding) }
    if responses.count > 1 {
      throw ArrayFileError.malformed(
        path: path,
        problem:
          "has the responses of several subjects (\(responses.joined(separator: ", "))); give "
          + "one of these files")
    }
    if let file = responses.first { return try ColumnStore(things: path + "/" + file) }
    return try StimulusFilesStore.recognises(names, in: path)
      ? try StimulusFilesStore(path: path) : nil
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
