import Glibc

/// Folders with all that is in them. Symbolic links are never followed.
enum FolderTree {
  /// The names in a folder, in no order; none if it cannot be read.
  static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }

  /// Removes a file or a folder. False if something of it is left.
  @discardableResult
  static func remove(_ path: String) -> Bool {
    if unlink(path) == 0 || errno == ENOENT { return true }
    for name in names(in: path) { remove("\(path)/\(name)") }
    return rmdir(path) == 0 || errno == ENOENT
  }

  /// Flushes every file and folder to the disk. False, with the reason in errno, if one refuses.
  static func flush(_ path: String) -> Bool {
    var status = stat()
    guard lstat(path, &status) == 0 else { return false }
    switch status.st_mode & S_IFMT {
    case S_IFDIR:
      return names(in: path).allSatisfy { flush("\(path)/\($0)") } && FilePlace.flush(path)
    case S_IFREG: return FilePlace.flush(path)
    default: return true
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
      let reason = AtomicFile.lastError
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
