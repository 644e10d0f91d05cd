/// What a chart is called.
public struct ChartHeading: Equatable, Sendable {
  /// A short word for files and anchors, `a-z`, digits and `-` only: `coupling-matrix`.
  public let name: String
  /// What is shown, one line.
  public let title: String
  /// What is to be seen, for screen readers; nil lets the chart say it from its data.
  public let description: String?

  /// Takes the words.
  public init(name: String, title: String, description: String? = nil) {
    self.name = name
    self.title = title
    self.description = description
  }
}
