internal import Synchronization

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
