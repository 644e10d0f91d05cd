extension Page.Section {
  /// The section under its heading.
  ///
  /// - Parameter anchor: where links to the section lead; not used elsewhere in the page.
  func markup(anchor: String, names: inout PageNames) -> Markup {
    var parts = blocks.enumerated().map { place, block in
      block.markup(id: "\(anchor)_\(place + 1)", names: &names)
    }
    if parts.isEmpty { parts = ["<p class=\"note\">Nothing to show.</p>"] }
    return """
      <section id="\(anchor)" aria-labelledby="\(anchor)_heading">
      <h2 id="\(anchor)_heading" dir="auto">\(heading)</h2>
      \(Markup(parts, separator: "\n"))
      </section>
      """
  }
}

extension Page.Block {
  /// The block as markup.
  ///
  /// - Parameter id: not used elsewhere in the page.
  fileprivate func markup(id: String, names: inout PageNames) -> Markup {
    switch self {
    case .paragraph(let text): "<p dir=\"auto\">\(text)</p>"
    case .note(let text): "<p class=\"note\" dir=\"auto\">\(text)</p>"
    case .figure(let figure, let narrow, let caption, let files):
      figure.markup(
        narrow: narrow, id: names.unique(figure.name), number: names.nextFigure(),
        caption: caption, files: files)
    case .table(let caption, let table, let isFolded):
      table.markup(id: id, caption: caption, isFolded: isFolded)
    case .fields(let fields): fields.markup
    case .quotation(let text):
      "<div class=\"quotation\">\n<blockquote dir=\"auto\">\(text)</blockquote>\n</div>"
    }
  }
}

extension Figure {
  /// The drawing for wide and for narrow screens, with its number, its caption and links to the files
  /// that hold it.
  fileprivate func markup(
    narrow: Figure?, id: String, number: Int, caption: String, files: [String]
  ) -> Markup {
    let links = files.map { file -> Markup in
      "<a href=\"\(file.relativeAddress)\" title=\"\(file)\">\(file.kind)</a>"
    }
    return """
      <figure id="\(id)">
      <div class="\(narrow == nil ? "drawing" : "drawing wide")" role="group" aria-label="\(title)">
      \(drawing(id + "_drawing"))\
      </div>
      \(narrow.map { $0.narrowMarkup(id: id) } ?? "")\
      <figcaption><b>Figure \(String(number)).</b> <span dir="auto">\(caption)</span>\
      \(links.isEmpty ? Markup("") : " <span class=\"files\">\(Markup(links, separator: " "))</span>")\
      </figcaption>
      </figure>
      """
  }

  private func narrowMarkup(id: String) -> Markup {
    """
    <div class="drawing narrow" role="group" aria-label="\(title)">
    \(drawing(id + "_narrow"))\
    </div>

    """
  }

  /// The drawing under a name, with which its identifiers begin.
  private func drawing(_ name: String) -> Markup {
    let figure = Figure(
      name: name, title: title, description: description, size: size, marks: marks)
    return Markup(trusted: figure.svg(for: .page))
  }
}

extension [Report.Field] {
  fileprivate var markup: Markup {
    let pairs = map { field -> Markup in
      "<dt dir=\"auto\">\(field.name)</dt><dd dir=\"auto\">\(field.value)</dd>"
    }
    return pairs.isEmpty ? "" : "<dl>\n\(Markup(pairs, separator: "\n"))\n</dl>"
  }
}

extension String {
  /// A link to a file in the page's folder or below it; no name can make it lead elsewhere.
  fileprivate var relativeAddress: String {
    let address = utf8.map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "/"):
        String(Unicode.Scalar(byte))
      default:
        "%" + String(byte >> 4, radix: 16, uppercase: true)
          + String(byte & 15, radix: 16, uppercase: true)
      }
    }
    // A second slash at the front would name another machine.
    return "./" + address.joined().drop { $0 == "/" }
  }

  /// `PDF` of `figures/depth.pdf`.
  fileprivate var kind: String {
    split(separator: ".").last.map { $0.uppercased() } ?? self
  }
}
