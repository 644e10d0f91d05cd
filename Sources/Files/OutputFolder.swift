internal import Foundation
import Synchronization

/// A folder of results that appears whole or not at all.
///
/// Everything is written into a hidden folder beside the destination, `.NAME.PID.partial`;
/// `commit()` flushes it to the disk and gives it its name. A value that is released without
/// `commit()` removes the hidden folder, and so does `discard()`, which any thread may call at any
/// time. A run that was killed leaves its hidden folder behind; the next one for the same
/// destination removes it.
///
/// A destination that is a symbolic link to a folder keeps the link. Folders above the destination
/// are made when they are missing, and removed again when nothing came of it.
public final class OutputFolder: Sendable {
  /// The destination, as it was given.
  public let path: String

  private enum State { case open, committed, discarded }

  private let place: FilePlace
  private let partial: FilePlace
  private let madeFolders: [String]
  private let lock: Int32
  private let replacing: Bool
  private let state = Mutex(State.open)

  /// Makes the hidden folder.
  ///
  /// - Parameters:
  ///   - replacing: whether what stands at the destination is replaced, when `commit()` is called.
  ///   - markers: names of files of which a folder must hold one, or be empty, to be replaced; with
  ///     none any folder is replaced, but never one that holds the current or the home folder.
  /// - Throws: `exists` if something stands at the destination and `replacing` is false;
  ///   `cannotWrite` if the hidden folder cannot be made, or what stands there is not replaced.
  public init(
    path: String, replacing: Bool = false, markers: [String] = []
  ) throws(ArrayFileError) {
    self.path = path
    self.replacing = replacing
    let place = try FilePlace(resolving: path)
    let made = try FolderTree.make(place.folder.isEmpty ? "." : place.folder, for: path)
    do throws(ArrayFileError) {
      self.place = try place.absolute(for: path)
      self.place.removeStale()
      try self.place.checkDestination(for: path, replacing: replacing, markers: markers)
      partial = self.place.hidden("\(getpid())")
      guard mkdir(partial.path, 0o777) == 0 else {
        throw .cannotWrite(
          path: path,
          reason: errno == EEXIST
            ? "another run is writing it, in \(partial.path)" : SystemError.last.reason)
      }
    } catch {
      FolderTree.removeEmpty(made)
      throw error
    }
    madeFolders = made
    lock = partial.lock()
  }

  deinit {
    discard()
    close(lock)
  }

  /// Where to write a file of the result; folders on the way to it are made.
  ///
  /// - Parameter relative: a path inside the folder, such as `maps/share.nii.gz`.
  /// - Throws: `cannotWrite` if `relative` leads out of the folder, if a folder cannot be made, or
  ///   after `commit()` or `discard()`.
  public func path(for relative: String) throws(ArrayFileError) -> String {
    let parts = relative.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty && !$0.elementsEqual(".".utf8) }),
      !parts.contains(where: { $0.elementsEqual("..".utf8) }), !relative.utf8.contains(0)
    else { throw .cannotWrite(path: path, reason: "'\(relative)' is no path inside it") }
    let inside = FilePlace(splitting: "\(partial.path)/\(relative)")
    let failure: ArrayFileError? = state.withLock { state in
      guard state == .open else { return closed(state) }
      do throws(ArrayFileError) {
        _ = try FolderTree.make(inside.folder, for: path)
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw failure }
    return inside.path
  }

  /// What a path inside the hidden folder will be called after `commit()`; other paths stay as they
  /// are. For messages: a user does not know the hidden folder.
  public func destination(of path: String) -> String {
    let inside = partial.path + "/"
    return path.hasPrefix(inside) ? self.path + "/" + path.dropFirst(inside.count) : path
  }

  /// Flushes every file to the disk and gives the folder its name.
  ///
  /// What is replaced is moved aside first and removed last. A run killed in between leaves it
  /// beside the destination, as `.NAME.PID.replaced`, from where the next run for the same
  /// destination brings it back.
  ///
  /// - Throws: `cannotWrite`, after `discard()` too; `exists` if the destination was taken in the
  ///   meantime. The hidden folder is still there then.
  public func commit() throws(ArrayFileError) {
    // Outside the lock: flushing may take long, and `discard()` need not wait for it.
    let isFlushed = FolderTree.flush(partial.path)
    let flushError = SystemError.last
    let failure: ArrayFileError? = state.withLock { state in
      guard state == .open else { return closed(state) }
      guard isFlushed else { return ArrayFileError(writing: path, flushError) }
      guard replacing ? partial.replace(place) : partial.rename(to: place) else {
        return !replacing && place.kind != .absent
          ? .exists(path: path) : ArrayFileError(writing: path, .last)
      }
      state = .committed
      return nil
    }
    if let failure { throw failure }
    place.flushFolder()
  }

  /// Removes the hidden folder, also while other threads still write into it: what they do next
  /// fails. Without effect after `commit()`, which the result tells: whether the folder is gone.
  ///
  /// Returns when the folder is gone (or after two seconds, if it resists), so that a process may
  /// exit right after it. Safe on every thread, a thread that handles signals included, but not
  /// inside a signal handler.
  @discardableResult
  public func discard() -> Bool {
    state.withLock { state in
      guard state == .open else { return state == .discarded }
      state = .discarded
      // Under another name no new file can come into it by its path.
      let doomed = place.hidden("\(getpid())-discarded")
      let path = partial.rename(to: doomed) ? doomed.path : partial.path
      for _ in 0..<100 where !FolderTree.remove(path) { usleep(20_000) }
      FolderTree.removeEmpty(madeFolders)
      return true
    }
  }

  private func closed(_ state: State) -> ArrayFileError {
    .cannotWrite(
      path: path,
      reason: state == .committed ? "it is finished already" : "its making was broken off")
  }
}

/// Folders with all that is in them. Symbolic links are never followed.
package enum FolderTree {
  /// The names in a folder, sorted.
  ///
  /// - Throws: `missing`, `unreadable`.
  package static func listing(of folder: String) throws(ArrayFileError) -> [String] {
    guard let stream = opendir(folder) else { throw ArrayFileError(reading: folder, .last) }
    closedir(stream)
    return names(in: folder).sorted()
  }

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
