@testable import Reporting

extension Page {
  /// The page with drawings that are no more than a bar and their words.
  func html() -> String {
    html { figure in
      let size = (width: "\(figure.size.width)", height: "\(figure.size.height)")
      return """
        <svg xmlns="http://www.w3.org/2000/svg" role="img" width="\(size.width)" height="\
        \(size.height)"><title>\(figure.title)</title><desc>\(figure.description)</desc>
        <rect width="\(size.width)" height="20" style="fill: var(--ink)"/></svg>
        """
    }
  }
}
