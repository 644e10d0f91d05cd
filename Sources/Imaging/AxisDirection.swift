/// A direction of the head: one of its three axes, one way or the other.
public struct AxisDirection: Equatable, Sendable {
  /// 0: left to right, 1: back to front, 2: bottom to top.
  public let axis: Int
  /// Whether it goes to the right, the front or the top; else to the left, the back or the bottom.
  public let isForward: Bool

  /// Takes an axis, 0, 1 or 2, and the way along it.
  public init(axis: Int, isForward: Bool) {
    precondition((0..<3).contains(axis), "A head has three axes.")
    self.axis = axis
    self.isForward = isForward
  }

  /// The end it points to: R or L, A or P, S or I.
  public var letter: String { [["L", "R"], ["P", "A"], ["I", "S"]][axis][isForward ? 1 : 0] }
}
