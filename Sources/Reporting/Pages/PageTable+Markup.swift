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
      return "<div class=\"table\">\n<p class=\"caption\">\(name)</p>\n\(box(id: id))\n</div>"
    }
    return """
      <details class="table">
      <summary>\(name)</summary>
      \(box(id: id))
      </details>
      """
  }

  private func box(id: String) -> Markup {
    let isNumeric = titles.indices.map(isNumeric)
    return """
      <div class="scroll" role="group" aria-labelledby="\(id)">
      <table aria-labelledby="\(id)"\(source)>
      <thead>
      <tr>\(Markup(titles.indices.map { title($0, isNumeric: isNumeric[$0]) }))</tr>
      </thead>
      <tbody>
      \(Markup(rows.map { Self.row($0, isNumeric) }, separator: "\n"))
      </tbody>
      </table>
      </div>
      """
  }

  /// Which table of results it is, for programs that read the page.
  private var source: Markup { name.isEmpty ? "" : " data-table=\"\(name)\"" }

  private func title(_ column: Int, isNumeric: Bool) -> Markup {
    let kind: Markup = isNumeric ? " class=\"n\"" : ""
    let source: Markup = columns.isEmpty ? "" : " data-column=\"\(columns[column])\""
    return "<th scope=\"col\"\(kind) dir=\"auto\"\(source)>\(titles[column])</th>"
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
