extension LabelTable {
  /// Entries of an XML list of labels; elements and attributes may be in any case of letters.
  ///
  /// - FSL: `<label index="0" …>Name</label>`. Of an atlas with `<type>Label</type>` the index is
  ///   the value of the voxels. Of a probabilistic one it counts the volumes of the 4-D image from
  ///   0, and in the maximum-probability images the voxels hold index + 1: `index="80"` of the Jülich
  ///   atlas is 81 there (fslpy, `fsl.data.atlases`, has the same rule). A list without a type is
  ///   refused, since the two rules differ by one.
  /// - SPM: `<label><index>1</index><name>Name</name></label>`; the index is the value.
  static func markupEntries(_ text: String, path: String) throws(ImagingError) -> [Entry] {
    // A declaration must be the first thing of an XML text; files with an empty line before it are met.
    let start = text.firstIndex { !$0.isWhitespace } ?? text.endIndex
    let linesBefore = text[..<start].count { $0.isNewline }
    let list = MarkupList(linesBefore: linesBefore)
    do throws(XMLReader.Failure) {
      try XMLReader { list.take($0, line: $1) }.read(text[start...].utf8, isLast: true)
    } catch {
      throw .notALabelTable(
        path: path, problem: "line \(linesBefore + error.line) is no XML (\(error.reason))")
    }
    return try list.entries(path: path)
  }
}

/// What has been seen of an XML list of labels so far.
private final class MarkupList {
  private let linesBefore: Int
  private var type: String?
  private var found: [(index: String, name: String, isValue: Bool, line: Int)] = []
  private var label: (line: Int, index: String?) = (0, nil)
  private var element: String?
  private var name: String?
  private var content = ""

  init(linesBefore: Int) { self.linesBefore = linesBefore }

  func take(_ event: XMLReader.Event, line: Int) {
    switch event {
    case .opening(let tag, let attributes):
      content = ""
      guard tag.lowercased() == "label" else { return }
      let index = attributes.first { $0.key.lowercased() == "index" }?.value
      label = (linesBefore + line, index)
      (element, name) = (nil, nil)
    case .text(let text): content += text
    case .closing(let tag):
      close(tag.lowercased(), String(content.trimmed))
      content = ""
    }
  }

  private func close(_ tag: String, _ value: String) {
    switch tag {
    case "type": type = type ?? value.lowercased()
    case "index": element = value
    case "name": name = value
    case "label":
      if let index = label.index {
        found.append((index, value, false, label.line))
      } else if let element, let name {
        found.append((element, name, true, label.line))
      }
    default: break
    }
  }

  func entries(path: String) throws(ImagingError) -> [LabelTable.Entry] {
    var entries: [LabelTable.Entry] = []
    for label in found {
      guard !label.name.isEmpty else {
        throw .notALabelTable(path: path, problem: "line \(label.line) has a label without a name")
      }
      guard label.isValue || type != nil else {
        throw .notALabelTable(
          path: path,
          problem: "it lacks the <type> that tells whether voxels hold the index or index + 1")
      }
      let index = try LabelTable.whole(label.index, line: label.line, path: path)
      let (value, overflow) = index.addingReportingOverflow(
        label.isValue || type == "label" ? 0 : 1)
      guard !overflow else {
        throw .notALabelTable(
          path: path,
          problem: "line \(label.line) has the index \(index), which 32 bits do not hold "
            + "with 1 added")
      }
      entries.append(LabelTable.Entry(index: value, name: label.name))
    }
    return entries
  }
}
