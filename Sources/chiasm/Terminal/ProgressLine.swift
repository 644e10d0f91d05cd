import Foundation
import Synchronization

/// Says how far a step is: one line on a terminal, rewritten in place; elsewhere, in the log of a batch
/// job say, a line of its own every minute.
final class ProgressLine: Sendable {
  private struct State {
    var lastDrawn: Date
    var width = 0
  }

  private let noun: String
  private let isShown: Bool
  private let isTerminal: Bool
  private let start: Date
  private let state: Mutex<State>

  /// A line that counts `noun` (`pairs`, `volumes`).
  init(counting noun: String, isQuiet: Bool) {
    self.noun = noun
    isShown = !isQuiet
    isTerminal = Messages.isTerminal
    start = Date()
    state = Mutex(State(lastDrawn: start))
  }

  /// How the time that is left is known.
  enum TimeLeft {
    /// All that is counted takes the same time.
    case byCount
    /// Judged elsewhere; nil while it is not known.
    case seconds(TimeInterval?)
  }

  /// Draws the line anew, at most ten times a second, or writes one a minute; may be called from any
  /// thread.
  ///
  /// - Parameters:
  ///   - doneBefore: what was done before this run, which says nothing of the time it takes.
  ///   - words: what is said in place of how many are done.
  func update(
    done: Int, of count: Int, doneBefore: Int = 0, words: String? = nil, left: TimeLeft = .byCount
  ) {
    guard isShown else { return }
    state.withLock { state in
      let now = Date()
      let isDue = now.timeIntervalSince(state.lastDrawn) >= (isTerminal ? 0.1 : 60)
      guard isDue || (isTerminal && done == count) else { return }
      state.lastDrawn = now
      let text = Self.text(
        done: done, of: count, doneBefore: doneBefore,
        words: words ?? "\(done) of \(count) \(noun)", elapsed: now.timeIntervalSince(start),
        left: left)
      guard isTerminal else { return Messages.write(text + "\n") }
      let padding = String(repeating: " ", count: max(0, state.width - text.count))
      state.width = text.count
      Messages.write("\r" + text + padding)
    }
  }

  /// Leaves the terminal clean for what comes next.
  func finish() {
    state.withLock { state in
      guard state.width > 0 else { return }
      Messages.write("\r" + String(repeating: " ", count: state.width) + "\r")
      state.width = 0
    }
  }

  /// `12 of 60 pairs, 0:03 elapsed, 0:12 left`: the time that all `count` take, whatever the words count.
  static func text(
    done: Int, of count: Int, doneBefore: Int = 0, words: String, elapsed: TimeInterval,
    left: TimeLeft = .byCount
  ) -> String {
    let own = done - doneBefore
    let left =
      switch left {
      case .byCount: own == 0 ? nil : elapsed / Double(own) * Double(count - done)
      case .seconds(let seconds): seconds
      }
    return "\(words), \(clock(elapsed)) elapsed"
      + (left.map { ", \(clock($0)) left" } ?? "")
  }

  /// Seconds as `m:ss` or `h:mm:ss`.
  static func clock(_ seconds: TimeInterval) -> String {
    let whole = Int(seconds.rounded())
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
    func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return hours > 0
      ? "\(hours):\(padded(minutes)):\(padded(rest))" : "\(minutes):\(padded(rest))"
  }
}
