internal import ChiasmFiles
internal import ChiasmReporting

/// An `.npy` file.
struct ArrayFinding: Finding {
  let path: String
  let header: NumpyHeader
  /// Nil where they were not asked for, and for text.
  let values: ValueSummary?

  init(path: String, withValues: Bool) throws(ArrayFileError) {
    self.path = path
    header = try NumpyHeader(path: path)
    let isText = header.type.kind == .text || header.type.kind == .bytes
    values =
      withValues && !isText
      ? try ValueSummary { (add) throws(ArrayFileError) in
        let file = try NumpyFile(path: path)
        try file.forEachBlock(of: file.names[0], add)
      } : nil
  }

  /// Whether its shape is stimuli × stimuli, or several of them.
  private var couldBeRDM: Bool {
    let (shape, count) = (header.shape, header.shape.count)
    return (2...3).contains(count) && shape[count - 1] == shape[count - 2] && shape[count - 1] > 3
  }

  var report: Report {
    let main: [Report.Field] = .fields([
      "shape": NumberText.shape(header.shape),
      "datatype": "\(header.type), \(header.type.isBigEndian ? "big" : "little")-endian",
      "order": header.isFortranOrder ? "Fortran" : "C",
      "square": couldBeRDM
        ? "could be an RDM of \(header.shape[header.shape.count - 1]) stimuli, for compare --source-rdm"
        : nil,
    ])
    return Report(
      title: "\(path): NumPy array", sections: [.fields(main + (values?.fields ?? []))])
  }
}

extension ArrayFinding {
  enum Key: String, CodingKey {
    case kind, shape, datatype
    case isFortranOrder = "fortran_order"
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode("array", forKey: .kind)
    try container.encode(header.shape, forKey: .shape)
    try container.encode("\(header.type)", forKey: .datatype)
    try container.encode(header.isFortranOrder, forKey: .isFortranOrder)
    try values?.encode(to: encoder)
  }
}
