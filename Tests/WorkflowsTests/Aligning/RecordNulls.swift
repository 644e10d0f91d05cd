import Foundation
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Undefined numbers in JSON")
struct RecordNulls {
  /// The keys of the numbers and names that a record has a place for and its JSON has not.
  private func missing(_ value: Any, _ json: Any?, at path: String) -> [String] {
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .optional:
      return mirror.children.first.map { missing($0.value, json, at: path) } ?? []
    case .struct:
      guard let object = json as? [String: Any] else { return [] }
      return mirror.children.flatMap { child -> [String] in
        let (name, place) = (child.label ?? "", "\(path).\(child.label ?? "")")
        // Settings are coded under names of their own; the keys of options that are off stand below.
        if name == "settings" { return [] }
        if let inner = object[name] { return missing(child.value, inner, at: place) }
        let isScalar =
          [Double?.self, Int?.self, UInt64?.self, String?.self].contains {
            $0 == type(of: child.value)
          }
        // A section is nil and absent, whatever it holds; anything else must stand there.
        let isSection = Mirror(reflecting: child.value).displayStyle == .optional && !isScalar
        return isSection ? [] : [place]
      }
    case .collection:
      return zip(mirror.children, json as? [Any] ?? []).enumerated().flatMap {
        missing($1.0.value, $1.1, at: "\(path)[\($0)]")
      }
    case .dictionary:
      let object = json as? [String: Any] ?? [:]
      return mirror.children.flatMap { child -> [String] in
        let pair = Array(Mirror(reflecting: child.value).children)
        let key = "\(pair[0].value)"
        return missing(pair[1].value, object[key], at: "\(path).\(key)")
      }
    default: return []
    }
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test("alignment.json, and inspect --json, have a null for every undefined number")
  func alignment() async throws {
    try await withResponses { folder in
      var settings = try folder.smallSettings()
      // A single split has no spread, and a mass of .05 leaves a stage without share, depth and score.
      settings.splitCount = 1
      settings.permutationCount = 3
      settings.outer.kind = .partial
      settings.outer.mass = 0.05
      let result = try await folder.align(settings)
      let record = result.result
      for text in [
        try JSONFile.text(record), try Inspection(path: folder.path("out")).json(),
      ] {
        let json = try object(text)
        #expect(missing(record, json, at: "") == [])
        let cost = try #require(json["cost"] as? [String: Any])
        #expect(cost["sd"] is NSNull && cost["mean"] is Double)
        let own = try #require(json["settings"] as? [String: Any])
        #expect(own["splits_file"] is NSNull && own["max_units"] is NSNull)
        let nulls = try #require((json["evidence"] as? [String: Any])?["nulls"] as? [[String: Any]])
        #expect(Set(nulls.map(\.count)) == [13])
        #expect(json["ceiling"] == nil)
      }
      #expect(try folder.record() == record)
    }
  }

  @Test("comparison.json has a null for every undefined number")
  func comparison() async throws {
    try await withResponses { folder in
      var settings = try folder.comparison(["cka", "ridge"])
      settings.bootstrapCount = 1
      let record = try await folder.compare(settings)
      let json = try object(try JSONFile.text(record))
      #expect(missing(record, json, at: "") == [])
      #expect((json["settings"] as? [String: Any])?["max_units"] is NSNull)
    }
  }

  @Test("A key that is left out is found")
  func canFail() throws {
    struct Record { let cost: Double?, section: [Int]?, inner: [Inner] }
    struct Inner { let seed: UInt64? }
    let record = Record(cost: nil, section: nil, inner: [Inner(seed: 3), Inner(seed: nil)])
    let json: [String: Any] = ["inner": [["seed": 3], [String: Int]()]]
    #expect(missing(record, json, at: "") == [".cost", ".inner[1].seed"])
  }
}
