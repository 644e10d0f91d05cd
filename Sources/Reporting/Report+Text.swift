extension Report {
  /// The report as text; it ends in a line end.
  ///
  /// - Parameter width: values of fields are broken between words, and tables between columns, that
  ///   would be wider. Paragraphs are shown as they are.
  public func text(width: Int = 100) -> String {
    var blocks = sections.map { $0.lines(width: width) }
    if let title {
      // Fields belong to the title; anything else stands apart from it.
      if case .fields = sections.first {
        blocks[0].insert(title.printable, at: 0)
      } else {
        blocks.insert([title.printable], at: 0)
      }
    }
    return blocks.filter { !$0.isEmpty }.map { $0.map { $0 + "\n" }.joined() }
      .joined(separator: "\n")
  }
}

extension Report.Section {
  fileprivate func lines(width: Int) -> [String] {
    switch self {
    case .paragraph(let text):
      return text.printable.split(separator: "\n", omittingEmptySubsequences: false)
        .map(String.init)
    case .fields(let fields):
      let indentation = 4 + (fields.map(\.name.displayWidth).max() ?? 0)
      return fields.flatMap { $0.lines(indentation: indentation, width: width) }
    case .table(let heading, let table):
      return [heading.printable] + table.lines(width: width - 2).map { $0.isEmpty ? "" : "  " + $0 }
    }
  }
}

extension Report.Field {
  /// The name and the value beside it, which stays in its own column.
  fileprivate func lines(indentation: Int, width: Int) -> [String] {
    var lines: [String] = []
    for word in value.split(whereSeparator: \.isWhitespace).map({ String($0).printable }) {
      let place = lines.count - 1
      if place >= 0, lines[place].displayWidth + 1 + word.displayWidth <= width - indentation {
        lines[place] += " " + word
      } else {
        lines.append(word)
      }
    }
    return lines.enumerated().map {
      ($0 == 0 ? "  " + name.printable : "").padded(to: indentation) + $1
    }
  }
}
