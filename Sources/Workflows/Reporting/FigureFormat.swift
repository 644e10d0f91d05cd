public import ChiasmReporting

/// The files that a figure can be.
public enum FigureFormat: String, CaseIterable, Sendable {
  case svg
  case pdf
  /// 300 pixels an inch.
  case png

  /// The file of a figure.
  ///
  /// - Throws: `drawing` if it is too large for a PNG or the drawing library refuses it.
  public func bytes(of figure: Figure) throws(WorkflowError) -> [UInt8] {
    do {
      switch self {
      case .svg: return Array(figure.svg().utf8)
      case .pdf: return try figure.pdf()
      case .png: return try figure.png()
      }
    } catch {
      throw .drawing(error)
    }
  }
}
