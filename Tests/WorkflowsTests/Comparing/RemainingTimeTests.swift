import Testing

@testable import ChiasmWorkflows

@Suite("The time that is left")
struct RemainingTimeTests {
  @Test("It is the sum over kinds, each by its own mean, shared by the threads")
  func mixed() throws {
    var time = RemainingTime<String>()
    time.expect("quick", count: 101)
    time.expect("slow", count: 12)
    #expect(time.seconds(threads: 2) == nil)
    time.take("quick", .milliseconds(10))
    #expect(time.seconds(threads: 2) == nil)
    time.take("slow", .seconds(3))
    time.take("slow", .seconds(5))
    let seconds = try #require(time.seconds(threads: 2))
    #expect(abs(seconds - (100 * 0.01 + 10 * 4) / 2) < 1e-9)
  }

  @Test("The last draws take as long as one, however many threads there are")
  func threads() throws {
    var time = RemainingTime<Int>()
    time.expect(0, count: 3)
    time.take(0, .seconds(6))
    #expect(time.seconds(threads: 8) == 6)
  }

  @Test("Where the draws become slower, the latest count")
  func load() throws {
    var time = RemainingTime<Int>()
    time.expect(0, count: 201)
    for _ in 0..<100 { time.take(0, .seconds(1)) }
    for _ in 0..<100 { time.take(0, .seconds(3)) }
    let seconds = try #require(time.seconds(threads: 1))
    #expect(seconds > 2.9 && seconds < 3)
  }

  @Test("Nothing left is no time, whatever was measured, and of nothing there is no time to tell")
  func nothing() {
    var time = RemainingTime<Int>()
    #expect(time.seconds(threads: 1) == nil)
    time.expect(1)
    time.take(1, .seconds(1))
    #expect(time.seconds(threads: 1) == 0)
  }
}
