internal import Foundation
import Synchronization

/// A folder of results that appears whole or not at all; or a result that is one file.
///
/// Everything is written into a hidden folder beside the destination, `.NAME.PID.partial`;
/// `commit()` flushes it to the disk and gives it its name, or the file in it. A value that is released
/// without `commit()` removes the hidden folder, and so does `discard()`, which any thread may call at
/// any time. A run that was killed leaves its hidden folder behind; the next one for the same
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
  private let isFile: Bool
  private let leftovers: [String]
  private let state = Mutex(State.open)

  /// The destination from the root of the file system, through symbolic links.
  public var realPath: String { place.path }

  /// Makes the hidden folder.
  ///
  /// - Parameters:
  ///   - replacing: whether what stands at the destination is replaced, when `commit()` is called.
  ///   - markers: names of files of which a folder must hold one, or be empty, to be replaced; with
  ///     none any folder is replaced, but never one that holds the current or the home folder.
  ///   - folders: the names of folders that one to be replaced may hold; nil for any.
  /// - Throws: `exists` if something stands at the destination and `replacing` is false;
  ///   `cannotWrite` if the hidden folder cannot be made, or what stands there is not replaced.
  public convenience init(
    path: String, replacing: Bool = false, markers: [String] = [], folders: Set<String>? = nil
  ) throws(ArrayFileError) {
    try self.init(path: path, replacing: replacing, isFile: false) {
      (place) throws(ArrayFileError) in
      try place.checkDestination(
        for: path, replacing: replacing, markers: markers, folders: folders)
    }
  }

  /// Makes the hidden folder for a result that is one file, to be written at `filePath()`.
  ///
  /// - Throws: as `init(path:replacing:markers:folders:)`; a folder is never replaced.
  public convenience init(file path: String, replacing: Bool = false) throws(ArrayFileError) {
    try self.init(path: path, replacing: replacing, isFile: true) {
      (place) throws(ArrayFileError) in
      guard place.kind != .stream else {
        throw .cannotWrite(path: path, reason: "it is neither a folder nor a file")
      }
      try place.checkFileDestination(for: path, replacing: replacing)
    }
  }

  private init(
    path: String, replacing: Bool, isFile: Bool,
    check: (FilePlace) throws(ArrayFileError) -> Void
  ) throws(ArrayFileError) {
    self.path = path
    self.replacing = replacing
    self.isFile = isFile
    let place = try FilePlace(resolving: path)
    let made = try FolderTree.make(place.folderPath, for: path)
    do throws(ArrayFileError) {
      self.place = try place.absolute(for: path)
      leftovers = self.place.removeStale()
      try check(self.place)
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
        _ = try FolderTree.make(inside.folderPath, for: path)
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw failure }
    return inside.path
  }

  /// Where to write a result that is one file.
  ///
  /// - Throws: as `path(for:)`.
  public func filePath() throws(ArrayFileError) -> String { try path(for: place.name) }

  /// Where the hidden folder is.
  public var hiddenPath: String { partial.path }

  /// What a path inside the hidden folder will be called after `commit()`; other paths stay as they
  /// are. For messages: a user does not know the hidden folder.
  public func destination(of path: String) -> String {
    let inside = partial.path + "/"
    guard path.hasPrefix(inside) else { return path }
    return isFile ? self.path : self.path + "/" + path.dropFirst(inside.count)
  }

  /// Flushes every file to the disk and gives the folder its name, or the one file.
  ///
  /// What is replaced is exchanged with it in one step, and removed last. A file system that cannot do
  /// that moves it aside first; a run killed in between leaves it beside the destination, as
  /// `.NAME.PID.replaced`, from where the next run for the same destination brings it back.
  ///
  /// - Returns: a sentence for each thing that a user wants to know: that there was such a moment, and
  ///   what this run or others left behind and could not remove.
  /// - Throws: `cannotWrite`, after `discard()` too; `exists` if the destination was taken in the
  ///   meantime. The hidden folder is still there then.
  @discardableResult
  public func commit() throws(ArrayFileError) -> [String] {
    // Outside the lock: flushing may take long, and `discard()` need not wait for it.
    let flushing = Result { () throws(SystemError) in try FolderTree.flush(partial.path) }
    let result = state.withLock { state -> Result<[String], ArrayFileError> in
      guard state == .open else { return .failure(closed(state)) }
      return Result { () throws(SystemError) in
        try flushing.get()
        let notes = try giveName()
        state = .committed
        return notes
      }.mapError { error in
        error.code == EEXIST ? .exists(path: path) : ArrayFileError(writing: path, error)
      }
    }
    let notes = try result.get()
    place.flushFolder()
    return notes
      + leftovers.map { "\($0) is left of another run; remove it if that run is over." }
  }

  private func giveName() throws(SystemError) -> [String] {
    guard isFile else {
      if replacing { return try partial.replace(place, for: path) }
      try partial.renameIfFree(to: place)
      return []
    }
    let file = FilePlace(folder: partial.path + "/", name: place.name)
    if replacing { try file.rename(to: place) } else { try file.renameIfFree(to: place) }
    FolderTree.remove(partial.path)
    return []
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
      let path = (try? partial.rename(to: doomed)) == nil ? partial.path : doomed.path
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
