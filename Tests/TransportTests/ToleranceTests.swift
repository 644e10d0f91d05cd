import Testing

@Suite("Tolerance")
struct ToleranceTests {
  @Test("Close means close, and the helper can fail")
  func closeness() {
    #expect(isClose(1, 1 + 1e-13, within: 1e-12))
    #expect(!isClose(1, 1 + 1e-11, within: 1e-12))
    #expect(!isClose(0, .nan, within: 1))
  }
}
