import ChiasmStatistics
import Testing

@Suite("Reference: fingerprints")
struct FingerprintReference {
  @Test("They are FNV-1a: the published values of no byte, of 'a' and of 'foobar'")
  func published() {
    #expect(fingerprint([]) == 0xCBF2_9CE4_8422_2325)
    #expect(fingerprint("a".utf8) == 0xAF63_DC4C_8601_EC8C)
    #expect(fingerprint("foobar".utf8) == 0x8594_4171_F739_67E8)
  }
}
