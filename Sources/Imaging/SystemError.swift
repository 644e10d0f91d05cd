import Glibc

/// An `errno`.
struct SystemError: Error {
  let code: Int32

  /// Throws unless `code` is 0.
  static func check(_ code: Int32) throws(SystemError) {
    if code != 0 { throw SystemError(code: code) }
  }

  /// The system's words.
  var reason: String { String(cString: strerror(code)) }
}
