internal import Dispatch
internal import Synchronization

/// A value that is computed on another thread while the caller does something else.
final class Aside<Value: Sendable>: Sendable {
  private let result = Mutex<Result<Value, any Error>?>(nil)
  private let done = DispatchSemaphore(value: 0)

  /// Starts `body` on another thread, or at once on this one when only one may be used.
  init(threads: Int, _ body: @escaping @Sendable () throws -> Value) {
    let work: @Sendable () -> Void = {
      let outcome = Result { try body() }
      self.result.withLock { $0 = outcome }
      self.done.signal()
    }
    if threads > 1 { DispatchQueue.global().async(execute: work) } else { work() }
  }

  /// Waits for the value. May be called once.
  func wait() throws -> Value {
    done.wait()
    guard let outcome = result.withLock({ $0 }) else {
      preconditionFailure("The result is set before the signal.")
    }
    return try outcome.get()
  }
}
