internal import Synchronization

/// A count that several threads raise.
final class Counter: Sendable {
  private let count = Mutex(0)

  /// Adds one and gives the new count.
  func increment() -> Int {
    count.withLock { value in
      value += 1
      return value
    }
  }
}
