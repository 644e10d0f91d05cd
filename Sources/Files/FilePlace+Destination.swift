internal import Foundation

/// What an output folder asks of its destination.
extension FilePlace {
  /// What the name ends in that an old result has while a new one takes its place.
  private static let replacedSuffix = ".replaced"

  /// The same place, whatever becomes the current folder.
  ///
  /// - Throws: `cannotWrite` for `output`, if the folder is none.
  func absolute(for output: String) throws(ArrayFileError) -> FilePlace {
    do throws(SystemError) {
      let parent = try realPath(folderPath)
      return FilePlace(folder: parent == "/" ? parent : parent + "/", name: name)
    } catch {
      throw ArrayFileError(writing: output, error)
    }
  }

  /// Throws unless the place is free, or may be replaced; see `OutputFolder.init`.
  func checkDestination(
    for output: String, replacing: Bool, markers: [String], folders: Set<String>?
  ) throws(ArrayFileError) {
    func refusal(_ reason: String) -> ArrayFileError { .cannotWrite(path: output, reason: reason) }
    switch kind {
    case .absent, .unknown: return
    case .stream: throw refusal("it is neither a folder nor a file")
    case _ where !replacing: throw .exists(path: output)
    case .file where markers.isEmpty: return
    case .file: throw refusal("it is a file, and only a folder of results is replaced")
    case .folder: break
    }
    let names: [[UInt8]]
    do throws(SystemError) {
      names = try folderNames(path)
    } catch {
      throw refusal("what --force would replace cannot be listed: \(error.reason)")
    }
    let texts = names.compactMap { String(validating: $0, as: UTF8.self) }.sorted()
    guard markers.isEmpty || names.isEmpty || markers.contains(where: texts.contains) else {
      throw refusal(
        "only a folder with \(markers.joined(separator: " or ")) in it is replaced; "
          + "remove it yourself, or choose another place")
    }
    if let folders {
      let inner = texts.first { name in
        !folders.contains(name) && FilePlace(splitting: "\(path)/\(name)").kind == .folder
      }
      if let inner {
        throw refusal("it holds the folder \(inner), which --force would remove with it")
      }
      if let name = names.first(where: { String(validating: $0, as: UTF8.self) == nil }) {
        throw refusal("it holds \(String(escaping: name)), which is of no result")
      }
    }
    guard !holdsWorkingOrHomeFolder else {
      throw refusal("the current or the home folder is in it")
    }
  }

  /// Throws unless the place is free for a file, or has one that may be replaced.
  func checkFileDestination(for output: String, replacing: Bool) throws(ArrayFileError) {
    switch kind {
    case .folder where replacing: throw .cannotWrite(path: output, reason: "it is a folder")
    case .file where !replacing, .folder: throw .exists(path: output)
    case .absent, .file, .stream, .unknown: return
    }
  }

  private var holdsWorkingOrHomeFolder: Bool {
    if name.isEmpty { return true }
    let home = getenv("HOME").map { String(cString: $0) }
    return [".", home].contains { folder in
      guard let folder, let real = try? realPath(folder) else { return false }
      return (real + "/").utf8.starts(with: (path + "/").utf8)
    }
  }

  /// Gives this folder the name of `other`, which may be a folder with content, and removes that.
  ///
  /// The two are exchanged in one step. Where the file system cannot do that, the other is moved aside
  /// first, and brought back if the renaming fails.
  ///
  /// - Returns: sentences about what was done in another way, or not done.
  func replace(_ other: FilePlace, for output: String) throws(SystemError) -> [String] {
    var replaced: [FilePlace] = []
    var mayExchange = true
    var attempts = 0
    replacing: while true {
      do throws(SystemError) {
        if other.kind == .absent {
          try renameIfFree(to: other)
          break replacing
        } else if mayExchange {
          try exchange(with: other)
          replaced.append(self)
          break replacing
        }
        replaced.append(try other.moveAside())
      } catch {
        if mayExchange, [EINVAL, ENOSYS, ENOTSUP, EPERM].contains(error.code) {
          mayExchange = false
          continue
        }
        // Another run took the name, or moved away what had it.
        attempts += 1
        if [EEXIST, ENOENT].contains(error.code), kind != .absent, attempts < 100 { continue }
        try? replaced.popLast()?.renameIfFree(to: other)
        for old in replaced { FolderTree.remove(old.path) }
        throw error
      }
    }
    var notes: [String] = []
    if !mayExchange && !replaced.isEmpty {
      notes.append(
        "\(output): this file system cannot exchange two folders, so that for a moment neither the old "
          + "result nor the new one had the name.")
    }
    for old in replaced where !FolderTree.remove(old.path) {
      notes.append(
        "\(output): the old result cannot be removed; what is left of it is \(old.path).")
    }
    return notes
  }

  private func moveAside() throws(SystemError) -> FilePlace {
    var number = 0
    while true {
      let mark = "\(getpid())-\(number)"
      let aside = FilePlace(folder: folder, name: hiddenPrefix + mark + Self.replacedSuffix)
      do throws(SystemError) {
        try renameIfFree(to: aside)
        return aside
      } catch {
        number += 1
        guard error.code == EEXIST, number < 100 else { throw error }
      }
    }
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
  ///
  /// - Returns: the hidden folders that are neither removed nor of a process of this machine: nothing
  ///   tells whether a process of another one still writes them, or they could not be removed.
  func removeStale() -> [String] {
    var left: [String] = []
    for name in (try? FolderTree.names(in: folderPath)) ?? []
    where name.utf8.starts(with: hiddenPrefix.utf8) {
      let found = FilePlace(folder: folder, name: name)
      let rest = name.dropFirst(hiddenPrefix.count)
      if let process = Self.process(rest, suffix: Self.replacedSuffix), isGone(process) {
        if kind == .absent, (try? found.renameIfFree(to: self)) != nil { continue }
        if !FolderTree.remove(found.path) { left.append(found.path) }
      } else if let process = Self.process(rest, suffix: Self.hiddenSuffix), isGone(process) {
        if !found.removeIfUnlocked(isOwn: process == getpid()) { left.append(found.path) }
      }
    }
    return left
  }

  private func removeIfUnlocked(isOwn: Bool) -> Bool {
    // A file has no lock; one with our number may be written by another thread.
    if kind != .folder { return isOwn || FolderTree.remove(path) }
    let descriptor = lock()
    guard descriptor >= 0 else { return isOwn || kind == .absent }
    defer { close(descriptor) }
    return FolderTree.remove(path)
  }

  /// Whether no other process of this machine has the number; numbers repeat, above all in containers.
  private func isGone(_ process: pid_t) -> Bool {
    process == getpid() || (kill(process, 0) != 0 && errno == ESRCH)
  }

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
