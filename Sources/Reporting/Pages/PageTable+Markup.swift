extension PageTable {
  /// The table in a box that scrolls, and where it is folded, in one that opens.
  ///
  /// - Parameter id: of the words that name the table; not used elsewhere in the page.
  func markup(id: String, caption: String, isFolded: Bool) -> Markup {
    let caption = caption.isEmpty ? "Table" : caption
    guard !titles.isEmpty, !rows.isEmpty else {
      return "<p class=\"note\" dir=\"auto\">\(caption): no rows.</p>"
    }
    let name: Markup = "<span id=\"\(id)\" dir=\"auto\">\(caption)</span>"
    guard isFolded else {
      return "<div class=\"table\">\n\(box(id: id, caption: "<caption>\(name)</caption>"))\n</div>"
    }
    return """
      <details class="table">
      <summary>\(name)</summary>
      \(box(id: id, caption: ""))
      </details>
      """
  }

  private func box(id: String, caption: Markup) -> Markup {
    let isNumeric = titles.indices.map(isNumeric)
    return """
      <div class="scroll" role="group" aria-labelledby="\(id)">
      <table aria-labelledby="\(id)">\(caption)
      <thead>
      <tr>\(Markup(zip(titles, isNumeric).map(Self.title)))</tr>
      </thead>
      <tbody>
      \(Markup(rows.map { Self.row($0, isNumeric) }, separator: "\n"))
      </tbody>
      </table>
      </div>
      """
  }

  private static func title(_ text: String, isNumeric: Bool) -> Markup {
    isNumeric
      ? "<th scope=\"col\" class=\"n\" dir=\"auto\">\(text)</th>"
      : "<th scope=\"col\" dir=\"auto\">\(text)</th>"
  }

  private static func row(_ cells: [String], _ isNumeric: [Bool]) -> Markup {
    let row = zip(cells, isNumeric).enumerated().map { column, cell -> Markup in
      let (text, kind) = (cell.0, kind(of: cell.0, isNumeric: cell.1))
      return column == 0
        ? "<th scope=\"row\"\(kind)>\(text)</th>" : "<td\(kind)>\(text)</td>"
    }
    return "<tr>\(Markup(row))</tr>"
  }

  /// Numbers and short words are not broken into lines.
  private static func kind(of text: String, isNumeric: Bool) -> Markup {
    if isNumeric { return " class=\"n\"" }
    return text.utf8.count > 24 ? " dir=\"auto\"" : " class=\"s\" dir=\"auto\""
  }
}
