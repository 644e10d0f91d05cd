internal import Foundation

/// A place in the file system where something is going to be put: a folder that is there, and a
/// name in it.
struct FilePlace: Equatable, Sendable {
  /// What stands at a place.
  enum Kind: Equatable {
    case absent, file, folder, stream
    /// The system does not tell.
    case unknown
  }

  /// The folder, ending in a slash; empty for the current one.
  let folder: String
  let name: String

  var path: String { folder + name }

  /// The folder as the system takes it.
  var folderPath: String { folder.isEmpty ? "." : folder }

  init(folder: String, name: String) {
    self.folder = folder
    self.name = name
  }

  /// Splits a path at its last slash; slashes at its end do not count.
  init(splitting path: String) {
    // By bytes: a combining character after a slash would hide it from `Character`.
    var bytes = path.utf8[...]
    while bytes.count > 1 && bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
    let slash = bytes.lastIndex(of: UInt8(ascii: "/"))
    let start = slash.map { bytes.index(after: $0) } ?? bytes.startIndex
    folder = String(decoding: bytes[..<start], as: UTF8.self)
    name = String(decoding: bytes[start...], as: UTF8.self)
  }

  /// The place that `path` leads to: through symbolic links where they lead somewhere, but not
  /// through `/dev/stdout` and its like, which are open already.
  ///
  /// - Throws: `cannotWrite` for an empty path, a zero byte in it, and a link that leads nowhere.
  init(resolving path: String) throws(ArrayFileError) {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw .cannotWrite(path: path, reason: "the path is empty or holds a zero byte")
    }
    let plain = FilePlace(splitting: path)
    do throws(SystemError) {
      if [".", "..", ""].contains(plain.name) {
        self.init(splitting: try realPath(plain.path))
      } else if linkTarget(plain.path) == nil {
        self = plain
      } else if let opened = try plain.openedAlready() {
        self = opened
      } else {
        self.init(splitting: try realPath(plain.path))
      }
    } catch {
      throw .cannotWrite(
        path: path,
        reason: error.code == ENOENT ? "it is a symbolic link that leads nowhere" : error.reason)
    }
  }

  /// The place in `/proc/self/fd` that a symbolic link leads to, at first or at last.
  private func openedAlready() throws(SystemError) -> FilePlace? {
    guard let descriptors = try? realPath(Self.descriptors) else { return nil }
    var place = self
    for _ in 0..<40 {
      guard let target = linkTarget(place.path) else { return nil }
      if try realPath(place.folderPath) == descriptors {
        return FilePlace(folder: Self.descriptors, name: place.name)
      }
      place = FilePlace(splitting: target.hasPrefix("/") ? target : place.folder + target)
    }
    return nil
  }

  private static let descriptors = "/proc/self/fd/"

  /// The descriptor of this process that has this place, as `/dev/stdout` and `/dev/fd/3` have.
  private var descriptor: Int32? { folder == Self.descriptors ? Int32(name) : nil }

  /// Opens a device or a pipe for writing, or takes what this process has open already.
  func openStream() throws(SystemError) -> Int32 {
    if let descriptor { return try SystemError.call(fcntl(descriptor, F_DUPFD_CLOEXEC, 0)) }
    return try SystemError.call(open(path, O_WRONLY | O_CLOEXEC))
  }

  /// What stands there now.
  var kind: Kind {
    if descriptor != nil { return .stream }
    var status = stat()
    guard stat(path, &status) == 0 else {
      return errno == ENOENT || errno == ENOTDIR ? .absent : .unknown
    }
    return switch status.st_mode & S_IFMT {
    case S_IFDIR: .folder
    case S_IFREG: .file
    default: .stream
    }
  }

  /// The hidden name `.NAME.MARK.partial` beside it. A long name is cut, for a file name has at
  /// most 255 bytes.
  func hidden(_ mark: String) -> FilePlace {
    FilePlace(folder: folder, name: hiddenPrefix + mark + Self.hiddenSuffix)
  }

  /// What the hidden names of this place begin with.
  var hiddenPrefix: String { ".\(String(decoding: name.utf8.prefix(200), as: UTF8.self))." }

  /// What every hidden name ends in.
  static let hiddenSuffix = ".partial"

  // MARK: Renaming and flushing

  /// Renames, replacing a file.
  func rename(to other: FilePlace) throws(SystemError) {
    try SystemError.call(renameFile(path, to: other.path))
  }

  /// Renames to a name that must be free (EEXIST).
  func renameIfFree(to other: FilePlace) throws(SystemError) {
    if renameFile(path, to: other.path, .keeping) == 0 { return }
    if errno != EEXIST, linkFile(path, to: other.path) == 0 {
      unlink(path)
      return
    }
    // What has neither of the two (NFS has no first, exFAT no second, and no folder has a link) gets a
    // look and a renaming; the moment in between is accepted, and what is wrong is said by the renaming.
    guard errno != EEXIST, other.kind == .absent else { throw SystemError(code: EEXIST) }
    do throws(SystemError) {
      try rename(to: other)
    } catch {
      throw error.code == ENOTEMPTY ? SystemError(code: EEXIST) : error
    }
  }

  /// Gives and takes names in one step: each place has what the other had.
  func exchange(with other: FilePlace) throws(SystemError) {
    try SystemError.call(renameFile(path, to: other.path, .exchanging))
  }

  /// Makes a renaming last through a power cut, where the file system can.
  func flushFolder() { try? Self.flush(folderPath) }

  /// Flushes one file or folder to the disk.
  static func flush(_ path: String) throws(SystemError) {
    let descriptor = try SystemError.call(open(path, O_RDONLY | O_CLOEXEC))
    defer { close(descriptor) }
    try flush(descriptor)
  }

  /// Flushes what is open to the disk. A file system that cannot flush it is not at fault.
  static func flush(_ descriptor: Int32) throws(SystemError) {
    guard fsync(descriptor) != 0, ![EINVAL, ENOSYS, ENOTSUP].contains(errno) else { return }
    throw .last
  }
}
