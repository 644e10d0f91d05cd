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
      switch (column, cell.1) {
      case (0, true): "<th scope=\"row\" class=\"n\">\(cell.0)</th>"
      case (0, false): "<th scope=\"row\" dir=\"auto\">\(cell.0)</th>"
      case (_, true): "<td class=\"n\">\(cell.0)</td>"
      case (_, false): "<td dir=\"auto\">\(cell.0)</td>"
      }
    }
    return "<tr>\(Markup(row))</tr>"
  }
}
