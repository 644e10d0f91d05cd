internal import Foundation

/// Folders with all that is in them. Symbolic links are never followed.
package enum FolderTree {
  /// Whether a folder stands at a path; false for a file.
  ///
  /// - Throws: `missing`, `unreadable`, also for a folder on the way that may not be entered.
  package static func isFolder(_ path: String) throws(ArrayFileError) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else { throw ArrayFileError(reading: path, .last) }
    return status.st_mode & S_IFMT == S_IFDIR
  }

  /// The names in a folder, sorted.
  ///
  /// - Throws: `missing`; `unreadable`, also where a name is not UTF-8 and would become another.
  package static func listing(of folder: String) throws(ArrayFileError) -> [String] {
    let names: [[UInt8]]
    do throws(SystemError) {
      names = try folderNames(folder)
    } catch {
      throw ArrayFileError(reading: folder, error)
    }
    if let name = names.first(where: { String(validating: $0, as: UTF8.self) == nil }) {
      throw .unreadable(
        path: folder, reason: "the name '\(String(escaping: name))' in it is not UTF-8; rename it")
    }
    return names.map { String(decoding: $0, as: UTF8.self) }.sorted()
  }

  /// The names in a folder, in no order; those that are not UTF-8 with `\xE9` for a byte.
  static func names(in folder: String) throws(SystemError) -> [String] {
    try folderNames(folder).map { String(validating: $0, as: UTF8.self) ?? String(escaping: $0) }
  }

  /// Removes a file or a folder, whatever names it holds. False if something of it is left.
  @discardableResult
  static func remove(_ path: String) -> Bool { remove(Array(path.utf8)) }

  private static func remove(_ bytes: [UInt8]) -> Bool {
    let path = bytes.map(CChar.init(bitPattern:)) + [0]
    if unlink(path) == 0 || errno == ENOENT { return true }
    for name in (try? folderNames(path)) ?? [] {
      _ = remove(bytes + [UInt8(ascii: "/")] + name)
    }
    return rmdir(path) == 0 || errno == ENOENT
  }

  /// Flushes every file and folder to the disk.
  static func flush(_ path: String) throws(SystemError) {
    var status = stat()
    try SystemError.call(lstat(path, &status))
    switch status.st_mode & S_IFMT {
    case S_IFDIR:
      for name in try names(in: path) { try flush("\(path)/\(name)") }
      try FilePlace.flush(path)
    case S_IFREG: try FilePlace.flush(path)
    default: break
    }
  }

  /// Makes a folder and the folders above it; returns those that were not there, outermost first.
  ///
  /// - Throws: `cannotWrite` for `output`, the path that the folder is made for.
  static func make(_ folder: String, for output: String) throws(ArrayFileError) -> [String] {
    var missing: [String] = []
    var place = FilePlace(splitting: folder)
    while place.kind == .absent, !place.name.isEmpty {
      missing.insert(place.path, at: 0)
      place = FilePlace(splitting: place.folder)
    }
    for (index, path) in missing.enumerated() where mkdir(path, 0o777) != 0 && errno != EEXIST {
      let reason = SystemError.last.reason
      removeEmpty(Array(missing[..<index]))
      throw .cannotWrite(path: output, reason: "the folder \(path) cannot be made: \(reason)")
    }
    return missing
  }

  /// Removes folders that `make` made, as far as nothing is in them.
  static func removeEmpty(_ folders: [String]) {
    for folder in folders.reversed() { rmdir(folder) }
  }
}
