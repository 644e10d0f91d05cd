import Glibc

/// A place in the file system where something is going to be put: a folder that is there, and a
/// name in it.
struct FilePlace: Equatable, Sendable {
  /// What stands at a place.
  enum Kind: Equatable { case absent, file, folder, stream }

  /// The folder, ending in a slash; empty for the current one.
  let folder: String
  let name: String

  var path: String { folder + name }

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

  /// The place that `path` leads to: through symbolic links where they lead somewhere.
  ///
  /// - Throws: `cannotWrite` for an empty path, a zero byte in it, and a link that leads nowhere.
  init(resolving path: String) throws(ArrayFileError) {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw .cannotWrite(path: path, reason: "the path is empty or holds a zero byte")
    }
    let plain = FilePlace(splitting: path)
    var status = stat()
    let isLink = lstat(plain.path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    guard isLink || [".", "..", ""].contains(plain.name) else {
      self = plain
      return
    }
    guard let target = realpath(plain.path, nil) else {
      throw .cannotWrite(path: path, reason: "it is a symbolic link that leads nowhere")
    }
    defer { free(target) }
    self.init(splitting: String(cString: target))
  }

  /// What stands there now.
  var kind: Kind {
    var status = stat()
    guard stat(path, &status) == 0 else { return .absent }
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

  // MARK: Renaming; false leaves the reason in errno

  /// Renames, replacing a file.
  func rename(to other: FilePlace) -> Bool { Glibc.rename(path, other.path) == 0 }

  /// Gives a file a second name, which must be free (EEXIST).
  func link(to other: FilePlace) -> Bool {
    if Glibc.link(path, other.path) == 0 { return true }
    guard [EPERM, ENOTSUP, ENOSYS, EMLINK].contains(errno) else { return false }
    // A file system without hard links: look first, and accept the moment in between.
    guard other.kind == .absent else {
      errno = EEXIST
      return false
    }
    return rename(to: other)
  }

  /// Makes a renaming last through a power cut, where the file system can.
  func flushFolder() { Self.flush(folder.isEmpty ? "." : folder) }

  /// Flushes one file or folder to the disk.
  @discardableResult
  static func flush(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flush(descriptor)
  }

  /// Flushes what is open to the disk. A file system that cannot flush it is not at fault.
  static func flush(_ descriptor: Int32) -> Bool {
    fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP
  }
}
