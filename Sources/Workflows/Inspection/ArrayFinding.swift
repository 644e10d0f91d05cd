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

  /// What RDMs it could hold by its shape, and of how many stimuli: stimuli × stimuli, several of them,
  /// or lists of n (n − 1) / 2.
  private var dissimilarities: (phrase: String, stimuli: Int)? {
    let shape = header.shape
    guard (1...3).contains(shape.count), let last = shape.last else { return nil }
    if shape.count > 1 && shape[shape.count - 2] == last {
      return last > 3 ? ("an RDM", last) : nil
    }
    guard shape.count < 3, let size = StoredDissimilarities.size(ofTriangle: last), size > 3 else {
      return nil
    }
    return (shape.count == 1 ? "the list of an RDM" : "\(shape[0]) lists of RDMs", size)
  }

  var report: Report {
    let main: [Report.Field] = .fields([
      "shape": NumberText.shape(header.shape),
      "datatype": "\(header.type), \(header.type.isBigEndian ? "big" : "little")-endian",
      "order": header.isFortranOrder ? "Fortran" : "C",
      "RDM": dissimilarities.map {
        "could be \($0.phrase) of \($0.stimuli) stimuli, for compare --source-rdm"
      },
    ])
    return Report(
      title: "\(path): NumPy array", sections: [.fields(main + (values?.fields ?? []))])
  }
}

extension ArrayFinding {
  enum Key: String, CodingKey {
    case kind, shape, datatype
    case isFortranOrder = "fortran_order"
    case rdmStimuli = "rdm_stimuli"
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode("array", forKey: .kind)
    try container.encode(header.shape, forKey: .shape)
    try container.encode("\(header.type)", forKey: .datatype)
    try container.encode(header.isFortranOrder, forKey: .isFortranOrder)
    try container.encodeIfPresent(dissimilarities?.stimuli, forKey: .rdmStimuli)
    try values?.encode(to: encoder)
  }
}
