/// Colours of ordered values from 0 to 1, evenly spaced to the eye and told apart without red or green.
///
/// `viridis`, `cividis` and `gray` go from dark to light. `blueRed` is for values with a middle: dark
/// blue at 0, near white at 0.5, dark red at 1, equally dark at equal distances from the middle.
///
/// References: viridis by van der Walt and Smith, 2015; cividis by Nuñez, Anderton and Renslow, 2018.
public enum ColorMap: String, CaseIterable, Sendable {
  /// Violet, green, yellow.
  case viridis
  /// Blue, grey, yellow; nearly the same to those who do not see red or green.
  case cividis
  /// Black to white.
  case gray
  /// Blue, white, red, around a middle.
  case blueRed = "blue-red"

  /// Whether the middle of the map stands for a value of its own, such as 0.
  public var isDiverging: Bool { self == .blueRed }

  /// The colour of a value; values outside 0…1 get the colour of the end, NaN gets `Color.missing`.
  public func color(_ value: Double) -> Color {
    guard !value.isNaN else { return .missing }
    let controls = controls
    let place = min(max(value, 0), 1) * Double(controls.count - 1)
    let low = min(Int(place), controls.count - 2)
    return controls[low].mixed(with: controls[low + 1], part: place - Double(low)).color
  }

  /// Equally spaced colours of the map; those between are mixed in OKLab.
  private var controls: [OKLab] {
    switch self {
    case .viridis: Self.viridisControls
    case .cividis: Self.cividisControls
    case .gray: Self.grayControls
    case .blueRed: Self.blueRedControls
    }
  }

  // Printed by Tests/ReportingTests/Reference/color_maps.py.
  private static let viridisControls = [
    0x440154, 0x481769, 0x472A7A, 0x433D84, 0x3D4E8A, 0x355E8D, 0x2E6D8E, 0x297B8E, 0x23898E,
    0x1F978B, 0x21A585, 0x2EB37C, 0x46C06F, 0x65CB5E, 0x89D548, 0xB0DD2F, 0xD8E219, 0xFDE725,
  ].map { OKLab(Color(hex: $0)) }
  private static let cividisControls = [
    0x00224E, 0x002D68, 0x163770, 0x2E416D, 0x3F4C6C, 0x4E566C, 0x5C616E, 0x696B71, 0x767676,
    0x838179, 0x928C78, 0xA09875, 0xAFA471, 0xBFB06B, 0xCFBD62, 0xDFCA57, 0xF0D846, 0xFEE838,
  ].map { OKLab(Color(hex: $0)) }
  private static let grayControls = [OKLab(0, 0, 0), OKLab(1, 0, 0)]
  private static let blueRedControls = [
    OKLab(0.35, -0.026, -0.108), OKLab(0.66, -0.045, -0.105), OKLab(0.97, 0, 0),
    OKLab(0.66, 0.105, 0.085), OKLab(0.35, 0.108, 0.06),
  ]
}
