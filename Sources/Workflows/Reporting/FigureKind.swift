public import ChiasmReporting

/// The figures of a report by their names.
public enum FigureKind: String, CaseIterable, Sendable {
  case coupling
  case costs
  case shareSpread = "share-spread"
  case flow
  case layers
  case controls
  case differences
  case nulls
  case depth
  case orderNulls = "order-nulls"
  case depthMap = "depth-map"
  case layerMap = "layer-map"
  case scoreMap = "score-map"
  case glass
  case voxelScores = "voxel-scores"
  case voxels
  case ceilings
  case values
  case valueDraws = "value-draws"

  /// What the figure shows, a few words for a list.
  public var summary: String {
    switch self {
    case .coupling: "coupling shares, regions x layers"
    case .costs: "costs of pairs, regions x layers"
    case .shareSpread: "coupling shares with their range over splits"
    case .flow: "the same as bands between two hierarchies"
    case .layers: "held-out score of every layer for each region"
    case .controls: "HOT and its controls"
    case .differences: "HOT minus each control, with intervals"
    case .nulls: "where the score stands among permutations"
    case .depth: "expected depth along the hierarchy"
    case .orderNulls: "where the order stands among permutations"
    case .depthMap: "expected depth on slices of the brain"
    case .layerMap: "best layer on slices of the brain"
    case .scoreMap: "held-out score on slices of the brain"
    case .glass: "greatest held-out score through the brain"
    case .voxelScores: "held-out scores of voxels by region"
    case .voxels: "voxels kept and dropped by region"
    case .ceilings: "noise ceilings of voxels by region"
    case .values: "of a comparison: values of a measure, regions x layers"
    case .valueDraws: "of a comparison: the same with intervals and permutations"
    }
  }

  /// The name of the files of a figure: that of the kind, then that of the measure.
  func name(of measure: String?) -> String {
    rawValue + (measure.map { "-" + $0.replacing(".", with: "-") } ?? "")
  }
}

/// The files that a figure can be.
public enum FigureFormat: String, CaseIterable, Sendable {
  case svg
  case pdf
  /// 300 pixels an inch.
  case png

  /// The file of a figure.
  ///
  /// - Throws: `drawing` if it is too large for a PNG, no font is there or the drawing library refuses.
  public func bytes(of figure: Figure) throws(WorkflowError) -> [UInt8] {
    do {
      switch self {
      case .svg: return Array(figure.svg().utf8)
      case .pdf: return try figure.pdf()
      case .png: return try figure.png()
      }
    } catch {
      throw .drawing(error)
    }
  }

  /// What is to be said of letters that no font has; nil where there are none.
  public static func note(lettersWithoutFont letters: [Unicode.Scalar]) -> String? {
    guard !letters.isEmpty else { return nil }
    let names = letters.prefix(10).map { String($0) }.joined(separator: " ")
    return "No installed font has \(names)\(letters.count > 10 ? " …" : ""): in PDF and PNG a box "
      + "stands for each. Install a font that has them, or use the SVG."
  }
}
