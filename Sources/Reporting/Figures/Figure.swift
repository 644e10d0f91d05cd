/// A finished drawing: marks on a canvas, with the words for those who do not see it. It knows neither
/// what its numbers mean nor how it will be stored; every exporter draws the same marks.
///
/// Lengths are points (1/72 inch); x goes right, y goes down, the origin is the upper left corner.
public struct Figure: Equatable, Sendable {
  /// A short word for files and anchors, `a-z`, digits and `-` only: `coupling-matrix`.
  public let name: String
  /// What is shown, one line.
  public let title: String
  /// What is to be seen in it, for screen readers and as the words beside the picture.
  public let description: String
  /// The canvas.
  public let size: FigureSize
  /// What is drawn, the first at the bottom.
  public let marks: [Mark]

  /// Takes the marks of a drawing.
  public init(
    name: String, title: String, description: String, size: FigureSize, marks: [Mark]
  ) {
    self.name = name
    self.title = title
    self.description = description
    self.size = size
    self.marks = marks
  }
}
