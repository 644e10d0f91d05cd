internal import ChiasmResults
internal import ChiasmResponses
internal import ChiasmImaging

/// A NIfTI image.
struct ImageFinding: Finding {
  /// A value of a label image.
  struct Label: Encodable, Equatable {
    let index: Int
    /// Its name in the table beside the image; nil without one.
    let name: String?
    let voxels: Int
  }

  let path: String
  let header: NIfTIHeader
  /// Nil for an image that holds no labels.
  let labels: [Label]?
  /// The table that names the labels.
  let labelTable: String?
  /// What kept a table beside the image from naming the labels.
  let labelProblem: String?
  /// Nil where they were not asked for.
  let values: ValueSummary?

  /// Reads the header, and the voxels volume by volume where they are asked for or may be labels.
  init(path: String, withValues: Bool) throws(ImagingError) {
    let reader = try NIfTIReader(path: path)
    self.path = path
    header = reader.header
    let (values, counts) = try Self.scan(reader, withValues: withValues)
    self.values = values
    guard let counts, !counts.isEmpty else {
      (labels, labelTable, labelProblem) = (nil, nil, nil)
      return
    }
    let (table, path, problem) = Self.table(
      beside: path, labels: Set(counts.keys.compactMap { Int32(exactly: $0) }))
    (labelTable, labelProblem) = (path, problem)
    labels = counts.sorted { $0.key < $1.key }.map { index, voxels in
      Label(
        index: index, name: Int32(exactly: index).flatMap { table?.name(of: $0) }, voxels: voxels)
    }
  }

  private static func scan(
    _ reader: NIfTIReader, withValues: Bool
  ) throws(ImagingError) -> (ValueSummary?, [Int: Int]?) {
    var summary = withValues ? ValueSummary() : nil
    var labels = mayHoldLabels(reader.header) ? LabelCounts() : nil
    guard summary != nil || labels != nil else { return (nil, nil) }
    func add(_ first: Int, _ values: [Double]) {
      summary?.add(values)
      labels?.add(values)
    }
    while try reader.readBlocks(add) {}
    return (summary, labels?.voxels)
  }

  /// Whole numbers as they are stored, one volume of them.
  private static func mayHoldLabels(_ header: NIfTIHeader) -> Bool {
    let isScaled = header.sclSlope != 1 || header.sclIntercept != 0
    return header.volumeCount == 1 && !isScaled && header.datatype != .float32
      && header.datatype != .float64
  }

  /// A table of the right name that cannot be read is no reason to refuse the image.
  private static func table(
    beside image: String, labels: Set<Int32>
  ) -> (table: LabelTable?, path: String?, problem: String?) {
    do {
      let beside = try LabelTable.beside(ImageArgument(path: image), labels: labels)
      let problem = beside.notes.joined(separator: " ")
      return (beside.table, beside.path, problem.isEmpty ? nil : problem)
    } catch {
      return (nil, nil, error.description)
    }
  }
}

extension ImageFinding {
  /// What is wrong with the header, a clause each.
  var notes: [String] {
    if header.isCIFTI {
      return header.notes + [
        "it is CIFTI-2, a matrix of surface vertices and voxels and no volume; 'chiasm extract' refuses it"
      ]
    }
    return header.notes
      + (header.affine.hasVolume
        ? []
        : ["its affine has no volume, so that voxels have no place; 'chiasm extract' refuses it"])
  }

  enum Key: String, CodingKey {
    case shape, datatype, affine, labels, notes
    case byteOrder = "byte_order"
    case version = "nifti_version"
    case qformCode = "qform_code"
    case sformCode = "sform_code"
    case slope = "scl_slope"
    case intercept = "scl_inter"
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(header.shape, forKey: .shape)
    try container.encode(header.datatype.name, forKey: .datatype)
    try container.encode(header.byteOrder.rawValue, forKey: .byteOrder)
    try container.encode(header.version, forKey: .version)
    try container.encode(header.affine.rows + [[0, 0, 0, 1]], forKey: .affine)
    try container.encode(header.qformCode, forKey: .qformCode)
    try container.encode(header.sformCode, forKey: .sformCode)
    try container.encode(header.sclSlope.finite, forKey: .slope)
    try container.encode(header.sclIntercept.finite, forKey: .intercept)
    try container.encodeIfPresent(labels, forKey: .labels)
    if !notes.isEmpty { try container.encode(notes, forKey: .notes) }
    try values?.encode(to: encoder)
  }
}
