extension Frame {
  /// What is left within margins; never less than a point, and never outside.
  func inset(left: Double = 0, top: Double = 0, right: Double = 0, bottom: Double = 0) -> Frame {
    let across = Self.fitted(left, right, in: width)
    let down = Self.fitted(top, bottom, in: height)
    return Frame(
      x: x + across.before, y: y + down.before, width: width - across.before - across.after,
      height: height - down.before - down.after)
  }

  /// Margins that leave a fifth of the length, if need be by becoming smaller.
  private static func fitted(
    _ before: Double, _ after: Double, in length: Double
  ) -> (before: Double, after: Double) {
    let sum = before + after
    let scale = sum > length * 0.8 ? length * 0.8 / sum : 1
    return (before * scale, after * scale)
  }
}
