internal import Foundation

/// A file that appears whole or not at all.
///
/// Bytes go to a temporary name in the same folder; `commit()` flushes them to the disk (fsync) and
/// renames. A value that is dropped without `commit()` removes its temporary file.
/// A symbolic link keeps its place: the file that it leads to is replaced. A device or a pipe
/// (`/dev/stdout`) has no whole to appear and is written to directly.
public struct AtomicFile: ~Copyable {
  /// The name that the file will have.
  public let path: String
  /// The open descriptor of the temporary file, for a C library that writes by itself.
  public let descriptor: Int32
  /// Nil when the bytes go directly to a device or a pipe.
  private let temporary: FilePlace?
  private let place: FilePlace
  private let replacing: Bool

  /// Creates the temporary file.
  ///
  /// - Throws: `exists` if `path` exists and `replacing` is false; `cannotWrite` if the folder
  ///   is missing or read-only, or if `path` is a folder.
  public init(path: String, replacing: Bool = false) throws(ArrayFileError) {
    let place = try FilePlace(resolving: path)
    try place.checkFileDestination(for: path, replacing: replacing)
    do throws(SystemError) {
      (temporary, descriptor) =
        place.kind == .stream ? (nil, try place.openStream()) : try Self.createTemporary(for: place)
    } catch {
      throw ArrayFileError(writing: path, error)
    }
    self.path = path
    self.place = place
    self.replacing = replacing
  }

  deinit {
    close(descriptor)
    if let temporary { unlink(temporary.path) }
  }

  /// Appends bytes. Throws `cannotWrite` when the disk does not take all of them.
  public func write(_ bytes: UnsafeRawBufferPointer) throws(ArrayFileError) {
    do throws(SystemError) {
      try writeBytes(descriptor, bytes)
    } catch {
      throw ArrayFileError(writing: path, error)
    }
  }

  /// Appends bytes. Throws `cannotWrite` when the disk does not take all of them.
  public func write(_ bytes: [UInt8]) throws(ArrayFileError) {
    try bytes.withUnsafeBufferPointer { (buffer) throws(ArrayFileError) in
      try write(UnsafeRawBufferPointer(buffer))
    }
  }

  /// Flushes the bytes to the disk and gives the file its name.
  ///
  /// - Throws: `cannotWrite`; `exists` if the name was taken in the meantime and `replacing` is
  ///   false.
  public consuming func commit() throws(ArrayFileError) {
    guard let temporary else { return }
    do throws(SystemError) {
      try FilePlace.flush(descriptor)
      if replacing {
        try temporary.rename(to: place)
      } else {
        try temporary.renameIfFree(to: place)
      }
    } catch {
      throw error.code == EEXIST ? .exists(path: path) : ArrayFileError(writing: path, error)
    }
    place.flushFolder()
  }

  /// Whether what is written to `path` goes directly to a device, a pipe, or what this process has
  /// open already (`/dev/stdout`), and not to a file that appears whole.
  package static func isStream(_ path: String) -> Bool {
    (try? FilePlace(resolving: path))?.kind == .stream
  }

  /// Writes all of `bytes` to a new file at `path`.
  public static func write(
    _ bytes: [UInt8], to path: String, replacing: Bool = false
  ) throws(ArrayFileError) {
    let file = try AtomicFile(path: path, replacing: replacing)
    try file.write(bytes)
    try file.commit()
  }

  /// A killed run may have left the first name, and process numbers come again: try others.
  private static func createTemporary(
    for place: FilePlace
  ) throws(SystemError) -> (FilePlace?, Int32) {
    var attempt = 0
    while true {
      let temporary = place.hidden(attempt == 0 ? "\(getpid())" : "\(getpid())-\(attempt)")
      let descriptor = open(temporary.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 { return (temporary, descriptor) }
      attempt += 1
      guard errno == EEXIST, attempt < 100 else { throw .last }
    }
  }
}

/// Whole text files.
public enum TextFile {
  /// The text of a UTF-8 file; a byte order mark at its start is left out.
  ///
  /// - Parameter limit: the most bytes that the file may have, before it is read.
  /// - Throws: `missing`, `unreadable` (a folder, no permission), or `malformed` if the bytes are
  ///   not UTF-8, or more than the limit.
  public static func read(
    _ path: String, atMost limit: Int = .max
  ) throws(ArrayFileError) -> String {
    let file = try ReadingFile(path: path)
    guard file.size <= limit else {
      throw .malformed(path: path, problem: "it is larger than \(limit >> 20) MiB")
    }
    return try decode(file.readToEnd()[...], path: path)
  }

  /// The first bytes of a file of any kind, `count` of them or as many as it has.
  ///
  /// - Throws: `missing`, `unreadable`.
  package static func beginning(
    of path: String, count: Int
  ) throws(ArrayFileError) -> [UInt8] {
    let file = try ReadingFile(path: path)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
    defer { buffer.deallocate() }
    var length = 0
    while length < count {
      let got = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[length...]))
      if got == 0 { break }
      length += got
    }
    return Array(buffer[..<length])
  }

  /// Writes `text` as UTF-8, whole or not at all.
  ///
  /// - Throws: `exists`, `cannotWrite`.
  public static func write(
    _ text: String, to path: String, replacing: Bool = false
  ) throws(ArrayFileError) {
    try AtomicFile.write(Array(text.utf8), to: path, replacing: replacing)
  }

  /// Checks that bytes are UTF-8, and drops the mark.
  static func decode(_ bytes: ArraySlice<UInt8>, path: String) throws(ArrayFileError) -> String {
    let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes
    guard let text = String(validating: content, as: UTF8.self) else {
      let kind = FileContent(bytes, name: path)
      throw .malformed(
        path: path,
        problem: [.text, .unknown].contains(kind)
          ? "the text is not UTF-8; save it as UTF-8" : "is \(kind.noun), not text")
    }
    return text
  }
}
