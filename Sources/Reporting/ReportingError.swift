/// What can go wrong when a figure becomes a file.
public enum ReportingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The drawing library refused a figure.
  case notDrawn(figure: String, problem: String)
  /// There is no font to draw a figure with: every letter would be a box.
  case noFont(figure: String)
  /// A picture would have more pixels than can be drawn, a side of 32767 or 200 million in all.
  case tooManyPixels(figure: String, width: Double, height: Double)

  /// One sentence: what, where, and what to do.
  public var description: String {
    switch self {
    case .notDrawn(let figure, let problem):
      "The figure \(figure) could not be drawn (\(problem.printable)); write it as SVG."
    case .noFont(let figure):
      "No font is installed to draw the letters of the figure \(figure) in PDF or PNG; install "
        + "fonts-dejavu-core (its name on Debian and Ubuntu), or write the figure as SVG or the "
        + "report with --no-figures, which need none."
    case .tooManyPixels(let figure, let width, let height):
      "The figure \(figure) would have \(NumberText.fixed(width, decimals: 0)) × "
        + "\(NumberText.fixed(height, decimals: 0)) pixels; choose a smaller size or fewer dots "
        + "per inch, or write it as SVG or PDF."
    }
  }
}
