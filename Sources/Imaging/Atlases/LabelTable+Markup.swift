extension LabelTable {
  /// Entries of an XML list of labels.
  ///
  /// - FSL: `<label index="0" …>Name</label>`. Of an atlas with `<type>Label</type>` the index is
  ///   the value of the voxels. Of a probabilistic one it counts the volumes of the 4-D image from
  ///   0, and in the maximum-probability images the voxels hold index + 1: `index="80"` of the Jülich
  ///   atlas is 81 there (fslpy, `fsl.data.atlases`, has the same rule). A list without a type is
  ///   refused, since the two rules differ by one.
  /// - SPM: `<label><index>1</index><name>Name</name></label>`; the index is the value.
  ///
  /// The text is scanned once. Only the five named entities and character numbers are replaced;
  /// declarations are skipped, so that no text grows and nothing is fetched.
  static func markupEntries(_ text: String, path: String) throws(ImagingError) -> [Entry] {
    var scanner = LabelTableMarkupScanner(text)
    var reading = MarkupReading()
    while let piece = scanner.next() {
      switch piece {
      case .opening(let name, let attributes): reading.open(name, attributes)
      case .closing(let name): reading.close(name)
      case .text(let text): reading.append(text)
      }
    }
    return try reading.entries(path: path)
  }
}

/// What has been seen of an XML list of labels so far.
private struct MarkupReading {
  private var type: String?
  private var found: [(index: String, name: String, isValue: Bool)] = []
  private var attribute: String?
  private var element: String?
  private var name: String?
  private var content = ""

  mutating func open(_ tag: String, _ attributes: [String: String]) {
    content = ""
    guard tag == "label" else { return }
    attribute = attributes["index"]
    (element, name) = (nil, nil)
  }

  mutating func append(_ text: String) { content += text }

  mutating func close(_ tag: String) {
    let value = String(content.trimmed)
    content = ""
    switch tag {
    case "type": type = type ?? value.lowercased()
    case "index": element = value
    case "name": name = value
    case "label":
      if let attribute {
        found.append((attribute, value, false))
      } else if let element, let name {
        found.append((element, name, true))
      }
    default: break
    }
  }

  func entries(path: String) throws(ImagingError) -> [LabelTable.Entry] {
    var entries: [LabelTable.Entry] = []
    for (place, label) in found.enumerated() {
      guard let number = Int(label.index), !label.name.isEmpty else {
        throw .notALabelTable(path: path, problem: "label \(place + 1) lacks a number or a name")
      }
      guard label.isValue || type != nil else {
        throw .notALabelTable(
          path: path,
          problem: "it lacks the <type> that tells whether voxels hold the index or index + 1")
      }
      let (value, overflow) = number.addingReportingOverflow(
        label.isValue || type == "label" ? 0 : 1)
      guard !overflow, let index = Int32(exactly: value) else {
        throw .notALabelTable(
          path: path, problem: "it has the index \(number), which 32 bits do not hold")
      }
      entries.append(LabelTable.Entry(index: index, name: label.name))
    }
    return entries
  }
}
