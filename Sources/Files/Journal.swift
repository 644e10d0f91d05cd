internal import Foundation

/// A file of lines that a long work appends to as it goes, so that it can go on after it was killed.
///
/// The first line says whose work it is. Each line is flushed to the disk (fsync) and ends in a check of
/// its text; what a killed process or a machine without power left of its last line is cut off. A
/// process keeps the file locked while it uses it, where the file system has locks.
public final class Journal {
  /// Where the file is.
  public let path: String
  /// The lines that were there, without the first.
  public let lines: [String]

  private let descriptor: Int32
  private var isEmpty: Bool

  /// The journal of the output at `path`: a file beside it, `NAME.journal`.
  public static func path(beside output: String) -> String {
    FilePlace(splitting: output).path + ".journal"
  }

  /// Opens the file, or makes it.
  ///
  /// - Parameter owner: the first line; one line of text.
  /// - Throws: `cannotWrite` if the file is not this owner's, in use by another process, or cannot be
  ///   made or written.
  public init(path: String, owner: String) throws(ArrayFileError) {
    self.path = path
    descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw ArrayFileError(writing: path, .last) }
    do throws(ArrayFileError) {
      if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
        throw .cannotWrite(path: path, reason: "another run is using it")
      }
      let bytes = try ReadingFile(path: path).readToEnd()
      let (lines, length) = Self.sound(bytes)
      let isOurs = lines.first.map { $0 == owner } ?? Self.line(owner).starts(with: bytes)
      guard isOurs else {
        throw .cannotWrite(
          path: path,
          reason: "it is of a run with other inputs, settings or another version; repeat that run, "
            + "or remove the file")
      }
      guard ftruncate(descriptor, off_t(length)) == 0 else {
        throw ArrayFileError(writing: path, .last)
      }
      self.lines = Array(lines.dropFirst())
      isEmpty = lines.count < 2
      if lines.isEmpty {
        try Self.append(owner, to: descriptor, path: path)
        FilePlace(splitting: path).flushFolder()
      }
    } catch {
      close(descriptor)
      throw error
    }
  }

  /// Removes the file if no line came into it.
  deinit {
    if isEmpty { unlink(path) }
    close(descriptor)
  }

  /// Appends a line, and waits for the disk to have it: some milliseconds.
  public func append(_ line: String) throws(ArrayFileError) {
    isEmpty = false
    try Self.append(line, to: descriptor, path: path)
  }

  /// The first line of the file at `path` and the others, as far as they are whole; nil for a file that
  /// does not begin as a journal.
  package static func content(
    of path: String
  ) throws(ArrayFileError) -> (owner: String, lines: [String])? {
    let lines = sound(try ReadingFile(path: path).readToEnd()).lines
    return lines.first.map { ($0, Array(lines.dropFirst())) }
  }

  /// Removes the journal at `path`, if there is one.
  public static func remove(path: String) { unlink(path) }

  private static func append(
    _ line: String, to descriptor: Int32, path: String
  ) throws(ArrayFileError) {
    do throws(SystemError) {
      try Self.line(line).withUnsafeBufferPointer { (bytes) throws(SystemError) in
        try writeBytes(descriptor, UnsafeRawBufferPointer(bytes))
      }
      try FilePlace.flush(descriptor)
    } catch {
      throw ArrayFileError(writing: path, error)
    }
  }

  private static func line(_ text: String) -> [UInt8] {
    Array("\(text)\t\(check(text.utf8))\n".utf8)
  }

  /// The lines up to the first that is not whole, and how many bytes they take.
  private static func sound(_ bytes: [UInt8]) -> (lines: [String], length: Int) {
    var (lines, length) = ([String](), 0)
    while let end = bytes[length...].firstIndex(of: 10) {
      let line = bytes[length..<end]
      guard let tab = line.lastIndex(of: 9),
        line[(tab + 1)...].elementsEqual(check(line[..<tab]).utf8)
      else { break }
      lines.append(String(decoding: line[..<tab], as: UTF8.self))
      length = end + 1
    }
    return (lines, length)
  }

  /// FNV-1a of 64 bits, in hexadecimal.
  private static func check(_ bytes: some Sequence<UInt8>) -> String {
    let hash = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { hash, byte in
      (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }
    return String(hash, radix: 16)
  }
}
