internal import ChiasmResponses
internal import ChiasmImaging
internal import ChiasmReporting

extension ImageFinding {
  var report: Report {
    Report(
      title:
        "\(path): \(header.isCIFTI ? "CIFTI-2 matrix in a " : "")NIfTI-\(header.version) "
        + "\(header.isCIFTI ? "file" : "image")\(header.isSingleFile ? "" : " (.hdr and .img)")",
      sections: [.fields(space + storage + (values?.fields ?? []))]
        + notes.map { .paragraph("Note: \($0).") } + labelSections)
  }

  private var space: [Report.Field] {
    // The dimensions before the last two of a matrix are of length 1, and it has no place.
    if header.isCIFTI {
      return .fields(["matrix": NumberText.shape(Array(header.shape.dropFirst(4)))])
    }
    let affine = header.affine
    let (step, pixdim) = (header.spatialUnit.shortName, header.pixdim)
    let hasTime = header.shape.count > 3 && header.shape[3] > 1 && pixdim[4] > 0
    return .fields([
      "shape": NumberText.shape(header.shape)
        + (header.volumeCount > 1 ? " (\(header.volumeCount) volumes)" : ""),
      "voxel size": affine.voxelSizes.map { NumberText.short($0) }.joined(separator: " × ")
        + " \(step)",
      "volume step": hasTime
        ? "\(NumberText.short(pixdim[4])) \(header.temporalUnit.shortName)" : nil,
      "orientation": affine.orientation,
      "affine": "from \(affineSource)",
      "": affineRow(0), "": affineRow(1), "": affineRow(2),
      "qform, sform": "\(formName(header.qformCode)), \(formName(header.sformCode))",
    ])
  }

  private var storage: [Report.Field] {
    let isScaled = header.sclSlope != 1 || header.sclIntercept != 0
    let extensions = header.extensions.map {
      "\($0.bytes.count) bytes of \(Self.extensionNames[$0.code] ?? "code \($0.code)")"
    }
    return .fields([
      "datatype": "\(header.datatype.name), \(header.byteOrder.rawValue)-endian",
      "scaling": isScaled
        ? "\(NumberText.short(header.sclSlope)) × stored + \(NumberText.short(header.sclIntercept))"
        : "none",
      "intent": header.intentCode == 0
        ? nil
        : "code \(header.intentCode)"
          + (header.intentName.isEmpty ? "" : " (\(header.intentName))"),
      "description": header.description.isEmpty ? nil : header.description,
      "extensions": extensions.isEmpty ? nil : extensions.joined(separator: ", "),
    ])
  }

  private func affineRow(_ row: Int) -> String {
    header.affine.rows[row].map { NumberText.short($0) }.joined(separator: " ")
  }

  private var affineSource: String {
    header.affineSource == .voxelSizes
      ? "voxel sizes alone, since qform and sform have code 0" : header.affineSource.rawValue
  }

  private func formName(_ code: Int) -> String {
    let names = ["not set", "scanner", "aligned", "Talairach", "MNI", "other template"]
    return "\(code)" + (names.indices.contains(code) ? " (\(names[code]))" : "")
  }

  /// The codes of NIfTI's registry that are met most.
  private static let extensionNames = [
    2: "DICOM", 4: "AFNI", 6: "comment", 18: "MIND", 32: "CIFTI-2", 44: "JSON",
  ]

  /// Grey values without names are counted, not listed.
  private static let greatestUnnamedCount = 64

  private var labelSections: [Report.Section] {
    guard let labels else { return [] }
    let named = labels.contains { $0.name != nil }
    let problem =
      labelProblem.map { [Report.Section.paragraph("Labels without names: \($0)")] } ?? []
    guard named || labels.count <= Self.greatestUnnamedCount else {
      return [.paragraph("\(labels.count) different whole numbers.")] + problem
    }
    let rows = labels.map {
      [String($0.index)] + (named ? [$0.name ?? ""] : []) + [String($0.voxels)]
    }
    let source = labelTable.map { ", names from \($0)" } ?? ""
    return [
      .table(
        heading: "Labels (\(labels.count))\(source)",
        TextTable(["index"] + (named ? ["name"] : []) + ["voxels"], rows: rows))
    ] + problem
  }
}

extension NIfTIUnit {
  fileprivate var shortName: String {
    switch self {
    case .unknown: "(no unit)"
    case .metre: "m"
    case .millimetre: "mm"
    case .micrometre: "µm"
    case .second: "s"
    case .millisecond: "ms"
    case .microsecond: "µs"
    case .hertz: "Hz"
    case .partsPerMillion: "ppm"
    case .radiansPerSecond: "rad/s"
    }
  }
}
