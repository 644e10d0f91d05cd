internal import Synchronization

/// The results of `body` for 0 ..< `count`, in that order, computed at most `threads` at a time.
///
/// Work starts in the order of `schedule` (all indices, each once): the largest first keeps the
/// threads busy to the end. The result does not depend on `threads` when `body` does not.
///
/// - Parameter done: told of every result as it is there, by one thread at a time.
package func concurrentMap<Result: Sendable>(
  count: Int, threads: Int, schedule: [Int]? = nil,
  done: (_ index: Int, _ result: Result) throws -> Void = { _, _ in },
  _ body: @escaping @Sendable (Int) async throws -> Result
) async throws -> [Result] {
  let schedule = schedule ?? Array(0..<count)
  precondition(schedule.count == count && threads > 0, "Every index is scheduled once.")
  var results = [Result?](repeating: nil, count: count)
  try await withThrowingTaskGroup(of: (Int, Result).self) { group in
    var waiting = schedule.makeIterator()
    func startNext() {
      guard let index = waiting.next() else { return }
      group.addTask { (index, try await body(index)) }
    }
    for _ in 0..<min(threads, count) { startNext() }
    while let (index, result) = try await group.next() {
      results[index] = result
      try done(index, result)
      startNext()
    }
  }
  return results.compactMap { $0 }
}

/// A count that several threads raise.
package final class Counter: Sendable {
  private let count = Mutex(0)

  /// Starts at zero.
  package init() {}

  /// Adds one and gives the new count.
  package func increment() -> Int {
    count.withLock { value in
      value += 1
      return value
    }
  }
}
