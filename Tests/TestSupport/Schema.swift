public import Foundation

/// JSON as it stands in a file.
public indirect enum JSON: Equatable, Sendable, Decodable {
  case null
  case bool(Bool)
  case number(Double)
  case text(String)
  case list([JSON])
  case object([String: JSON])

  /// Parses a text.
  public init(_ data: Data) throws { self = try JSONDecoder().decode(JSON.self, from: data) }

  /// Takes whichever kind of value there is.
  public init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    self =
      if value.decodeNil() {
        .null
      } else if let number = try? value.decode(Double.self) {
        .number(number)
      } else if let text = try? value.decode(String.self) {
        .text(text)
      } else if let list = try? value.decode([JSON].self) {
        .list(list)
      } else if let object = try? value.decode([String: JSON].self) {
        .object(object)
      } else {
        .bool(try value.decode(Bool.self))
      }
  }

  /// The value of a key; nil where there is none.
  public subscript(key: String) -> JSON? {
    if case .object(let object) = self { object[key] } else { nil }
  }

  /// An item of a list; nil beyond its ends.
  public subscript(place: Int) -> JSON? { list.indices.contains(place) ? list[place] : nil }

  /// The items; none of anything but a list.
  public var list: [JSON] { if case .list(let list) = self { list } else { [] } }
  /// The keys with their values; none of anything but an object.
  public var object: [String: JSON] { if case .object(let object) = self { object } else { [:] } }
  /// The number, if it is one.
  public var number: Double? { if case .number(let number) = self { number } else { nil } }
  /// The text, if it is one.
  public var text: String? { if case .text(let text) = self { text } else { nil } }
}

/// The part of JSON Schema (draft 2020-12) that the schemas of results are written in.
public struct Schema: Sendable {
  private let root: JSON

  /// Takes a schema.
  public init(_ root: JSON) { self.root = root }

  private static let remarks: Set = ["$schema", "$id", "$defs", "title", "description"]
  private static let checks: Set = [
    "$ref", "type", "enum", "minimum", "maximum", "properties", "required",
    "additionalProperties", "items",
  ]

  /// What is wrong with a value, a line each with its place.
  ///
  /// - Parameter isClosed: whether a key that the schema does not name is wrong too.
  public func faults(of value: JSON, isClosed: Bool = false) -> [String] {
    faults(value, root, "", isClosed)
  }

  private func faults(_ value: JSON, _ rule: JSON, _ place: String, _ isClosed: Bool) -> [String] {
    if let name = rule["$ref"]?.text {
      guard let other = root["$defs"]?[name.replacing("#/$defs/", with: "")] else {
        return ["\(place): no \(name) in the schema"]
      }
      return faults(value, other, place, isClosed)
    }
    var found = Set(rule.object.keys).subtracting(Self.checks.union(Self.remarks)).map {
      "\(place): the schema asks for \($0), which is not understood"
    }
    if let type = rule["type"] {
      let types = (type.list.isEmpty ? [type] : type.list).compactMap(\.text)
      if !types.contains(where: { Self.isOf($0, value) }) { found.append("\(place): no \(types)") }
    }
    if let choices = rule["enum"]?.list, !choices.contains(value) {
      found.append("\(place): \(value) is none of the choices")
    }
    if let number = value.number {
      if let least = rule["minimum"]?.number, !(number >= least) {
        found.append("\(place): \(number) is less than \(least)")
      }
      if let most = rule["maximum"]?.number, !(number <= most) {
        found.append("\(place): \(number) is more than \(most)")
      }
    }
    for key in (rule["required"]?.list ?? []).compactMap(\.text) where value[key] == nil {
      if case .object = value { found.append("\(place): no key \(key)") }
    }
    for (key, value) in value.object {
      if let rule = rule["properties"]?[key] ?? rule["additionalProperties"] {
        found += faults(value, rule, place + "." + key, isClosed)
      } else if isClosed {
        found.append("\(place): the key \(key) is not named")
      }
    }
    if let rule = rule["items"] {
      found += value.list.enumerated().flatMap {
        faults($1, rule, "\(place)[\($0)]", isClosed)
      }
    }
    return found
  }

  private static func isOf(_ type: String, _ value: JSON) -> Bool {
    switch (type, value) {
    case ("null", .null), ("boolean", .bool), ("string", .text), ("array", .list),
      ("object", .object), ("number", .number):
      true
    case ("integer", .number(let number)): number == number.rounded()
    default: false
    }
  }
}
