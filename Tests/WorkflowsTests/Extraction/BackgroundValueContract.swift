import Synchronization
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("A value that another thread computes")
struct BackgroundValueContract {
  @Test("It gives the value or the error", arguments: [1, 4])
  func outcome(threads: Int) throws {
    struct Mishap: Error {}
    #expect(try BackgroundValue(threads: threads) { _ in 7 }.wait() == 7)
    #expect(throws: Mishap.self) {
      try BackgroundValue<Int>(threads: threads) { _ throws in throw Mishap() }.wait()
    }
  }

  @Test("Nothing runs any more once it is abandoned")
  func abandoned() {
    final class Count: Sendable { let value = Atomic(0) }
    let running = Count()
    let value = BackgroundValue(threads: 2) { isWanted in
      running.value.store(1, ordering: .relaxed)
      while isWanted() {}
      running.value.store(2, ordering: .relaxed)
    }
    while running.value.load(ordering: .relaxed) == 0 {}
    value.abandon()
    #expect(running.value.load(ordering: .relaxed) == 2)
  }
}
