/// Whole text files.
public enum TextFile {
  /// The text of a UTF-8 file; a byte order mark at its start is left out.
  ///
  /// - Throws: `missing`, `unreadable` (a folder, no permission), or `malformed` if the bytes are
  ///   not UTF-8.
  public static func read(_ path: String) throws(ArrayFileError) -> String {
    let bytes = try ReadingFile(path: path).readToEnd()
    return try decode(bytes[...], path: path)
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
      throw .malformed(path: path, problem: "the text is not UTF-8; save it as UTF-8")
    }
    return text
  }
}
