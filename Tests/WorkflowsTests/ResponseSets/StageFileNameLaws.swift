import Foundation
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Names of stage files")
struct StageFileNameLaws {
  static let names = [
    "V1", "V1.v", "a/b", "a%2Fb", "a b", ".a", "%2Ea", "%", "%25", "a\tb", "a\nb", "..", ".", "é",
    "視覚野", "block00.conv/1:relu", "-", "\u{7F}", "A__b", "A_", "_b",
  ]

  @Test("Different names stay different")
  func distinct() {
    #expect(Set(Self.names.map(StageFileName.stem)).count == Self.names.count)
  }

  @Test("A stem is no path, not hidden, and gives the name back", arguments: names)
  func roundTrip(_ name: String) {
    let stem = StageFileName.stem(name)
    #expect(!stem.contains("/") && !stem.hasPrefix(".") && !stem.isEmpty)
    #expect(stem.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 })
    #expect(stem.removingPercentEncoding == name)
  }

  @Test("Pairs of different names stay different")
  func pairs() {
    let pairs = Self.names.flatMap { first in
      Self.names.map { StageFileName.pair(first, $0) }
    }
    #expect(Set(pairs).count == Self.names.count * Self.names.count)
    #expect(StageFileName.pair("V1", "conv_1") == "V1__conv_1")
  }

  @Test("Plain names are kept as they are", arguments: ["V1", "left V1", "conv1.relu", "視覚野"])
  func plain(_ name: String) {
    #expect(StageFileName.stem(name) == name)
  }
}
