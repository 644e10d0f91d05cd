/// The values of a plane as they are looked at: a row at a time from the top, each from the left.
public struct PlaneImage: Equatable, Sendable {
  /// Which plane, and so what is right and up.
  public let plane: SlicePlane
  /// Pixels from top to bottom.
  public let rowCount: Int
  /// Pixels from left to right.
  public let columnCount: Int
  /// One value a pixel; NaN where there is none.
  public let values: [Double]
  /// Millimetres from pixel to pixel along a row.
  public let pixelWidth: Double
  /// Millimetres from row to row.
  public let pixelHeight: Double

  /// Takes `rowCount · columnCount` values; traps on any other count.
  public init(
    plane: SlicePlane, rowCount: Int, columnCount: Int, values: [Double], pixelWidth: Double,
    pixelHeight: Double
  ) {
    precondition(values.count == rowCount * columnCount, "One value a pixel.")
    self.plane = plane
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.values = values
    self.pixelWidth = pixelWidth
    self.pixelHeight = pixelHeight
  }

  /// Width in mm.
  public var width: Double { pixelWidth * Double(columnCount) }

  /// Height in mm.
  public var height: Double { pixelHeight * Double(rowCount) }
}

/// A plane through the head, and how it is laid out to be looked at: neurologically, as if from
/// behind or above, so that the subject's right is on the right.
///
/// | plane | to the right | up |
/// | --- | --- | --- |
/// | axial | right | anterior |
/// | coronal | right | superior |
/// | sagittal | anterior | superior |
public enum SlicePlane: String, CaseIterable, Sendable {
  case axial
  case coronal
  case sagittal

  /// The axis that the plane stands upright on: 0 x, 1 y, 2 z.
  public var normalAxis: Int {
    switch self {
    case .axial: 2
    case .coronal: 1
    case .sagittal: 0
    }
  }

  /// The axis that grows to the right of the picture.
  public var rightwardAxis: Int { self == .sagittal ? 1 : 0 }

  /// The axis that grows towards the top of the picture.
  public var upwardAxis: Int { self == .axial ? 1 : 2 }

  /// The letters of the left and right ends of the picture: L and R, or P and A.
  public var sides: (left: String, right: String) {
    self == .sagittal ? ("P", "A") : ("L", "R")
  }

  /// The name of the normal axis: x, y or z.
  public var normalName: String { ["x", "y", "z"][normalAxis] }
}

/// How the values behind each other become one.
public enum ProjectionRule: Sendable {
  /// The greatest ("maximum intensity").
  case greatest
  /// The one that occurs most, the least of equals: for labels.
  case commonest

  /// The one value; NaN is ignored and stands only where there is nothing else.
  func value(of values: [Double]) -> Double {
    let present = values.filter { !$0.isNaN }
    switch self {
    case .greatest: return present.max() ?? .nan
    case .commonest:
      let counts = Dictionary(present.map { ($0, 1) }, uniquingKeysWith: +)
      return counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key ?? .nan
    }
  }
}
