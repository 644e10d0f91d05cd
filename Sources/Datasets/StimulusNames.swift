package import ChiasmFiles
internal import Foundation

/// The names of the stimuli of a file's rows, from the first of these that there is: a list that the user
/// gives, an array `stimulus_id`, names that the file keeps beside its arrays, and a table
/// `FILE.stimuli.tsv`.
package struct StimulusNames {
  /// A name for each row.
  package let ids: [String]
  /// The list or table that they were read from; nil for those of the file.
  package let table: String?

  /// Reads the names; nil where there are none.
  ///
  /// - Parameter list: a table with a column `stimulus_id`, or a text file with a name a line.
  /// - Throws: for what is wrong with the list, the array or the table.
  package init?(of file: any ArrayFile, list: String? = nil) throws(ArrayFileError) {
    let beside = Self.table(beside: file.path)
    if let list {
      (ids, table) = (try Self.read(list: list), list)
    } else if file.contains(ArrayFiles.stimulusKey) {
      let location = "\(file.path): \(ArrayFiles.stimulusKey)"
      (ids, table) = (try file.array(ArrayFiles.stimulusKey).identifiers(name: location), nil)
    } else if let names = file.stimulusNames {
      (ids, table) = (names, nil)
    } else if FileManager.default.fileExists(atPath: beside) {
      (ids, table) = (try Table(path: beside).identifiers(ArrayFiles.stimulusKey), beside)
    } else {
      return nil
    }
  }

  /// Where a table of a file's stimuli is looked for.
  package static func table(beside path: String) -> String { path + ".stimuli.tsv" }

  /// The names of a list: a table by its name, or by its first line; else a name a line.
  private static func read(list: String) throws(ArrayFileError) -> [String] {
    let name = list.lowercased()
    if !name.hasSuffix(".tsv"), !name.hasSuffix(".csv") {
      let text = try TextFile.read(list)
      let columns = text.prefix { !$0.isNewline }.split { $0 == "\t" || $0 == "," }
      if !columns.contains(where: { $0 == ArrayFiles.stimulusKey }) {
        return try identifiers(lines: text, path: list)
      }
    }
    return try Table(path: list).identifiers(ArrayFiles.stimulusKey)
  }
}
