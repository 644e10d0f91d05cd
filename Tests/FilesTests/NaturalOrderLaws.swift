import ChiasmFiles
import Testing

@Suite("Laws: natural order of names")
struct NaturalOrderLaws {
  /// In order.
  static let names = [
    "", "2", "10", "a", "a1", "a01", "a001", "a1b", "a01b", "a2", "a10", "block9.conv",
    "block09.conv", "block10.conv", "block10.conv1", "layer", "layer2", "layer10",
    "layer99999999999999999999", "layer100000000000000000000", "é", "脳",
  ]

  @Test("Any two names are in one order, and not in the other")
  func total() {
    for (i, left) in Self.names.enumerated() {
      for (j, right) in Self.names.enumerated() {
        #expect(naturalOrder(left, right) == (i < j), "'\(left)' and '\(right)'")
      }
    }
  }

  @Test("Zeros before a number decide only between names that are otherwise equal")
  func zeros() {
    let names = ["x01y2", "x1y02", "x1y2", "x1y3", "x01y1"]
    #expect(names.sorted(by: naturalOrder) == ["x01y1", "x1y2", "x1y02", "x01y2", "x1y3"])
  }
}
