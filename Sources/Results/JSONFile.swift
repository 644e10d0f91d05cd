internal import ChiasmFiles
internal import Foundation
package import ChiasmResponses

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

  /// What is wrong: the key that is missing or has another value, or the text itself.
  private static func problem(_ error: any Error) -> String {
    func key(_ context: DecodingError.Context, _ last: [any CodingKey] = []) -> String {
      (context.codingPath + last).map { $0.intValue.map(String.init) ?? $0.stringValue }
        .joined(separator: ".")
    }
    let problem: String? =
      switch error {
      case DecodingError.keyNotFound(let name, let context): "\(key(context, [name])) is missing"
      case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
        "\(key(context)) is of another type"
      case DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
        "\(key(context)) has a value that this version does not know"
      default: nil
      }
    return problem.map { "not the JSON that is expected here: \($0)" }
      ?? "not JSON that can be read; it may be cut short"
  }

  /// Reads a value.
  ///
  /// - Throws: `missing`, `unreadable`; `malformed` for JSON of another kind.
  public static func read<Value: Decodable>(_ type: Value.Type, from path: String) throws -> Value {
    let text = try TextFile.read(path)
    do {
      return try JSONDecoder().decode(type, from: Data(text.utf8))
    } catch let error as Count.OutOfRange {
      throw ArrayFileError.malformed(
        path: path, problem: "\(error.key) is \(error.value), but counts something")
    } catch {
      throw ArrayFileError.malformed(path: path, problem: Self.problem(error))
    }
  }
}

/// A whole number of a result that is not a seed: it counts something, and may be added to others.
private struct Count: Decodable {
  let value: Int

  /// What a count cannot be: negative, or so large that sums would overflow.
  struct OutOfRange: Error {
    let key: String
    let value: Int
  }

  init(from decoder: any Decoder) throws {
    value = try decoder.singleValueContainer().decode(Int.self)
    guard (0..<1 << 48).contains(value) else {
      let key = decoder.codingPath.map(\.stringValue).joined(separator: ".")
      throw OutOfRange(key: key, value: value)
    }
  }
}

/// Counts are checked as they are read: these take the place of the standard library's methods in every
/// conformance that the compiler makes.
extension KeyedDecodingContainer {
  package func decode(_: Int.Type, forKey key: Key) throws -> Int {
    try decode(Count.self, forKey: key).value
  }

  package func decodeIfPresent(_: Int.Type, forKey key: Key) throws -> Int? {
    try decodeIfPresent(Count.self, forKey: key)?.value
  }

  package func decode(_: [Int].Type, forKey key: Key) throws -> [Int] {
    try decode([Count].self, forKey: key).map(\.value)
  }

  package func decodeIfPresent(_: [Int].Type, forKey key: Key) throws -> [Int]? {
    try decodeIfPresent([Count].self, forKey: key)?.map(\.value)
  }

  package func decode(_: [String: Int].Type, forKey key: Key) throws -> [String: Int] {
    try decode([String: Count].self, forKey: key).mapValues(\.value)
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

  package mutating func encodeIfPresent(_ value: Pooling?, forKey key: Key) throws {
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
