internal import Dispatch
internal import Synchronization

/// A value that is computed on another thread while the caller does something else.
///
/// The other thread never outlives the caller: whoever starts one ends it by `wait` or `abandon`.
final class Aside<Value: Sendable>: Sendable {
  private let result = Mutex<Result<Value, any Error>?>(nil)
  private let done = DispatchGroup()
  private let isAbandoned = Atomic(false)

  /// Starts `body` on another thread, or at once on this one when only one may be used.
  ///
  /// `body` gets a question that it asks now and then: is its value still wanted?
  init(threads: Int, _ body: @escaping @Sendable (_ isWanted: () -> Bool) throws -> Value) {
    let work: @Sendable () -> Void = {
      let outcome = Result { try body { !self.isAbandoned.load(ordering: .relaxed) } }
      self.result.withLock { $0 = outcome }
    }
    if threads > 1 { DispatchQueue.global().async(group: done, execute: work) } else { work() }
  }

  /// Waits for the value.
  func wait() throws -> Value {
    done.wait()
    guard let outcome = result.withLock({ $0 }) else {
      preconditionFailure("The result is set before the group is left.")
    }
    return try outcome.get()
  }

  /// Waits until the thread has noticed that its value is not wanted.
  func abandon() {
    isAbandoned.store(true, ordering: .relaxed)
    done.wait()
  }
}
