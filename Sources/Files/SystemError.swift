#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What the system says when it refuses something: an `errno`.
package struct SystemError: Error {
  /// The number.
  package let code: Int32

  /// Takes an `errno`.
  package init(code: Int32) { self.code = code }

  /// Takes what a call gave; throws its `errno` if that is -1.
  @discardableResult
  static func call(_ result: Int32) throws(SystemError) -> Int32 {
    if result == -1 { throw .last }
    return result
  }

  /// Throws unless `code` is 0.
  package static func check(_ code: Int32) throws(SystemError) {
    if code != 0 { throw SystemError(code: code) }
  }

  /// The error of the last call that failed.
  package static var last: SystemError { SystemError(code: errno) }

  /// There is no memory left.
  package static var noMemory: SystemError { SystemError(code: ENOMEM) }

  /// The system's words, a clause for a message.
  package var reason: String {
    switch code {
    // What reads a file from its start says so of a pipe; the system's words are "Illegal seek".
    case ESPIPE: "not a regular file"
    // Of a container's image, say: its folders cannot be renamed.
    case EXDEV: String(cString: strerror(code)) + "; remove what is there, or choose another place"
    case EILSEQ: "a name on the way to it is not UTF-8; rename that folder or file"
    default: String(cString: strerror(code))
    }
  }
}

extension ArrayFileError {
  /// Why a file or a folder cannot be read: it is not there, it is a symbolic link that leads nowhere,
  /// or the system does not let us.
  package init(reading path: String, _ error: SystemError) {
    guard error.code == ENOENT || error.code == ENOTDIR else {
      self = .unreadable(path: path, reason: error.reason)
      return
    }
    self =
      linkTarget(path).map {
        .unreadable(path: path, reason: PointerFile.reason(ofLinkTo: $0, at: path))
      } ?? .missing(path: path)
  }

  /// Why an output cannot be written.
  package init(writing path: String, _ error: SystemError) {
    self = .cannotWrite(path: path, reason: error.reason)
  }
}

extension String {
  /// A name that is no text, for a message: ASCII as it is, and `\xE9` for another byte.
  package init(escaping name: some Sequence<UInt8>) {
    self = name.map { byte in
      (32..<127).contains(byte)
        ? String(UnicodeScalar(byte)) : "\\x" + String(byte, radix: 16, uppercase: true)
    }.joined()
  }
}

// Calls of the system, as functions that throw or that methods of the same name can call.

/// Reads up to `buffer.count` bytes; see read(2).
func readBytes(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Int {
  read(descriptor, buffer.baseAddress, buffer.count)
}

/// Writes all of the bytes; see write(2).
func writeBytes(
  _ descriptor: Int32, _ bytes: UnsafeRawBufferPointer
) throws(SystemError) {
  var rest = bytes[...]
  while !rest.isEmpty {
    let part = UnsafeRawBufferPointer(rebasing: rest)
    let count = write(descriptor, part.baseAddress, part.count)
    if count < 0 && errno == EINTR { continue }
    guard count > 0 else { throw count < 0 ? .last : SystemError(code: EIO) }
    rest = rest.dropFirst(count)
  }
}

/// The names in a folder, in no order, as the bytes that they are.
func folderNames(_ folder: UnsafePointer<CChar>) throws(SystemError) -> [[UInt8]] {
  guard let stream = opendir(folder) else { throw .last }
  defer { closedir(stream) }
  var names: [[UInt8]] = []
  while true {
    errno = 0
    guard let entry = readdir(stream) else { break }
    let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
    if name != Array(".".utf8) && name != Array("..".utf8) { names.append(name) }
  }
  if errno != 0 { throw .last }
  return names
}

/// The path without symbolic links; see realpath(3). EILSEQ where it is not UTF-8.
func realPath(_ path: String) throws(SystemError) -> String {
  guard let real = realpath(path, nil) else { throw .last }
  defer { free(real) }
  guard let text = String(validatingCString: real) else { throw SystemError(code: EILSEQ) }
  return text
}

/// Where a symbolic link leads, as it says; nil for anything else.
func linkTarget(_ path: String) -> String? {
  var target = [UInt8](repeating: 0, count: Int(PATH_MAX))
  let count = target.withUnsafeMutableBytes { buffer in
    buffer.bindMemory(to: CChar.self).baseAddress.map { readlink(path, $0, buffer.count) } ?? -1
  }
  return count < 0 ? nil : String(decoding: target[..<count], as: UTF8.self)
}

/// Renames, replacing a file; see rename(2).
func renameFile(_ path: String, to other: String) -> Int32 { rename(path, other) }

/// Gives a file a second name; see link(2).
func linkFile(_ path: String, to other: String) -> Int32 { link(path, other) }

/// How a renaming deals with the new name, where the file system can.
enum RenamingMode: UInt32 {
  /// EEXIST if it is taken.
  case keeping = 1
  /// What has it gets the old name, in one step.
  case exchanging = 2
}

/// Renames in one step, or fails with ENOSYS, EINVAL or ENOTSUP where that is not to be had.
func renameFile(_ path: String, to other: String, _ mode: RenamingMode) -> Int32 {
  #if canImport(Darwin)
    // RENAME_EXCL and RENAME_SWAP.
    return renamex_np(path, other, mode == .keeping ? 4 : 2)
  #else
    // Swift sees no GNU extensions, and some C libraries have no such call.
    typealias Call =
      @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32
    guard let symbol = dlsym(nil, "renameat2") else {
      errno = ENOSYS
      return -1
    }
    return unsafeBitCast(symbol, to: Call.self)(AT_FDCWD, path, AT_FDCWD, other, mode.rawValue)
  #endif
}
