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
