internal import ChiasmFiles
internal import Foundation

/// JSON as Chiasm writes it: indented, keys sorted, the shortest digits that give a number back.
public enum JSONFile {
  /// The text of a value, which ends in a line end.
  public static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  }

  /// Writes a value, whole or not at all.
  public static func write(_ value: some Encodable, to path: String) throws {
    try TextFile.write(text(value), to: path)
  }

  /// Reads a value.
  ///
  /// - Throws: `missing`, `unreadable`; `malformed` for JSON of another kind.
  public static func read<Value: Decodable>(_ type: Value.Type, from path: String) throws -> Value {
    let text = try TextFile.read(path)
    do {
      return try JSONDecoder().decode(type, from: Data(text.utf8))
    } catch {
      throw ArrayFileError.malformed(path: path, problem: "not the JSON that is expected here")
    }
  }
}

/// What a result holds of numbers and names is always written, as null where there is none: these take
/// the place of the standard library's methods, which leave the key out, in every conformance that the
/// compiler makes. A section of a result that is nil stays away.
extension KeyedEncodingContainer {
  package mutating func encodeIfPresent(_ value: Double?, forKey key: Key) throws {
    try encode(value, forKey: key)
  }

  package mutating func encodeIfPresent(_ value: Int?, forKey key: Key) throws {
    try encode(value, forKey: key)
  }

  package mutating func encodeIfPresent(_ value: UInt64?, forKey key: Key) throws {
    try encode(value, forKey: key)
  }

  package mutating func encodeIfPresent(_ value: String?, forKey key: Key) throws {
    try encode(value, forKey: key)
  }

  package mutating func encodeIfPresent(_ value: Verdict?, forKey key: Key) throws {
    try encode(value, forKey: key)
  }
}

extension Double {
  /// The number, or nil (JSON's null) when it is not one.
  package var finite: Double? { isFinite ? self : nil }
}
