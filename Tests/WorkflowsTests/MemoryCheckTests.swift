import ChiasmFiles
import ChiasmLinearAlgebra
import ChiasmResponses
import Testing

@testable import ChiasmWorkflows

@Suite("Work that has to fit into the memory")
struct MemoryCheckTests {
  private let machine = MachineLimits(processors: 4, cores: 2, memory: 50_000)

  @Test("Work that does not fit is refused with its bytes and what to do; what just fits is not")
  func refusal() throws {
    try machine.check(50_000, for: "Nothing") { _ in "do less" }
    let error = expectFailure { try machine.check(50_001, for: "Nothing") { _ in "do less" } }
    #expect(error?.category == .usage)
    #expect(
      error?.description
        == "Nothing takes some 50,001 bytes of memory, but there are 50,000; do less.")
  }

  @Test("Pairs count as often as threads work on them at once, at most one a processor")
  func pairs() {
    // 400 pairs of units, 8,000 bytes.
    let stages = ["a", "b", "c", "d"].map {
      Stage(name: $0, responses: Matrix(rowCount: 2, columnCount: 20, repeating: Float(1)))
    }
    func refused(_ bytes: Int, threads: Int) -> String? {
      do {
        try machine.check(
          stages, Array(stages[..<1]), bytesPerUnitPair: bytes, threads: threads,
          isRepeated: true)
        return nil
      } catch {
        return error.description
      }
    }
    #expect(refused(31, threads: 64) == nil && refused(31, threads: 1) == nil)
    #expect(refused(32, threads: 64)?.contains("some 51,200 bytes") == true)
    #expect(refused(32, threads: 4)?.contains("4 pairs of stages at once") == true)
    #expect(refused(32, threads: 3) == nil)
  }
}
