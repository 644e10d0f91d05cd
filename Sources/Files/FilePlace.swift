internal import Foundation

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
  func rename(to other: FilePlace) -> Bool { renameFile(path, to: other.path) }

  /// Gives a file a second name, which must be free (EEXIST).
  func link(to other: FilePlace) -> Bool {
    if linkFile(path, to: other.path) { return true }
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

/// What an output folder asks of its destination.
extension FilePlace {
  /// What the name ends in that an old result has while a new one takes its place.
  private static let replacedSuffix = ".replaced"

  /// The same place, whatever becomes the current folder.
  ///
  /// - Throws: `cannotWrite` for `output`, if the folder is none.
  func absolute(for output: String) throws(ArrayFileError) -> FilePlace {
    guard let real = realpath(folder.isEmpty ? "." : folder, nil) else {
      throw ArrayFileError(writing: output, .last)
    }
    defer { free(real) }
    let parent = String(cString: real)
    return FilePlace(folder: parent == "/" ? parent : parent + "/", name: name)
  }

  /// Throws unless the place is free, or may be replaced.
  func checkDestination(
    for output: String, replacing: Bool, markers: [String]
  ) throws(ArrayFileError) {
    switch kind {
    case .absent: return
    case _ where !replacing: throw .exists(path: output)
    case .file: return
    case .stream:
      throw .cannotWrite(path: output, reason: "it is neither a folder nor a file")
    case .folder:
      let names = FolderTree.names(in: path)
      guard markers.isEmpty || names.isEmpty || markers.contains(where: names.contains) else {
        throw .cannotWrite(
          path: output,
          reason: "only a folder with \(markers.joined(separator: " or ")) in it is replaced; "
            + "remove it yourself, or choose another place")
      }
      guard !holdsWorkingOrHomeFolder else {
        throw .cannotWrite(path: output, reason: "the current or the home folder is in it")
      }
    }
  }

  private var holdsWorkingOrHomeFolder: Bool {
    if name.isEmpty { return true }
    let home = getenv("HOME").map { String(cString: $0) }
    return [".", home].contains { folder in
      guard let folder, let real = realpath(folder, nil) else { return false }
      defer { free(real) }
      return (String(cString: real) + "/").utf8.starts(with: (path + "/").utf8)
    }
  }

  /// Renames over `other`, which may be a folder with content: it is moved aside, removed at last,
  /// and brought back if the renaming fails.
  func replace(_ other: FilePlace) -> Bool {
    guard other.kind != .absent else { return rename(to: other) }
    let aside = FilePlace(
      folder: other.folder, name: "\(other.hiddenPrefix)\(getpid())\(Self.replacedSuffix)")
    FolderTree.remove(aside.path)
    guard other.rename(to: aside) else { return false }
    guard rename(to: other) else {
      let reason = errno
      _ = aside.rename(to: other)
      errno = reason
      return false
    }
    FolderTree.remove(aside.path)
    return true
  }

  // MARK: What killed runs left

  /// Takes the lock that tells a running process from one that is gone, even where process numbers
  /// repeat (containers). The descriptor keeps it; -1 where the file system has no locks.
  func lock() -> Int32 {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return descriptor }
    close(descriptor)
    return -1
  }

  /// Removes the hidden folders and files for this place whose process is gone, and brings back an
  /// old result that was moved aside by a run killed in that moment.
  func removeStale() {
    for name in FolderTree.names(in: folder) where name.utf8.starts(with: hiddenPrefix.utf8) {
      let left = FilePlace(folder: folder, name: name)
      let rest = name.dropFirst(hiddenPrefix.count)
      if let process = Self.process(rest, suffix: Self.replacedSuffix), isGone(process) {
        if kind == .absent { _ = left.rename(to: self) } else { FolderTree.remove(left.path) }
      } else if let process = Self.process(rest, suffix: Self.hiddenSuffix) {
        left.removeIfStale(process)
      }
    }
  }

  private func removeIfStale(_ process: pid_t) {
    if kind == .folder {
      guard process == getpid() || isGone(process) else { return }
      let descriptor = lock()
      guard descriptor >= 0 else { return }
      FolderTree.remove(path)
      close(descriptor)
    } else if isGone(process) {
      unlink(path)
    }
  }

  private func isGone(_ process: pid_t) -> Bool { kill(process, 0) != 0 && errno == ESRCH }

  /// The process number in `123.partial` and `123-1.partial`.
  private static func process(_ text: Substring, suffix: String) -> pid_t? {
    guard text.hasSuffix(suffix) else { return nil }
    let parts = text.dropLast(suffix.count).split(
      separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    guard let number = parts.first, number.utf8.allSatisfy({ (48...57).contains($0) }),
      let process = pid_t(number), process > 0
    else { return nil }
    return process
  }
}
