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
    // What reads a file from its start says so of a pipe; the system's words are "Illegal seek".
    code == ESPIPE ? "not a regular file" : String(cString: strerror(code))
  }
}

extension ArrayFileError {
  /// Why a file or a folder cannot be read: it is not there, or the system does not let us.
  package init(reading path: String, _ error: SystemError) {
    self =
      error.code == ENOENT || error.code == ENOTDIR
      ? .missing(path: path) : .unreadable(path: path, reason: error.reason)
  }

  /// Why an output cannot be written.
  package init(writing path: String, _ error: SystemError) {
    self = .cannotWrite(path: path, reason: error.reason)
  }
}

// Calls whose names methods of ours have.

/// Reads up to `buffer.count` bytes; see read(2).
func readBytes(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Int {
  read(descriptor, buffer.baseAddress, buffer.count)
}

/// Writes some of the bytes at least; see write(2).
func writeBytes(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  write(descriptor, bytes.baseAddress, bytes.count)
}

/// Renames, replacing a file; see rename(2).
func renameFile(_ path: String, to other: String) -> Bool { rename(path, other) == 0 }

/// Gives a file a second name; see link(2).
func linkFile(_ path: String, to other: String) -> Bool { link(path, other) == 0 }
