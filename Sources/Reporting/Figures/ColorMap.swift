/// Colours of ordered values from 0 to 1, evenly spaced to the eye and told apart without red or green.
///
/// `viridis`, `cividis` and `gray` go from dark to light. `blueRed` is for values with a middle: dark
/// blue at 0, light grey at 0.5, dark red at 1, equally dark at equal distances from the middle. The middle
/// is not white, so that it is told from the paper and does not glare on a dark page.
///
/// References: viridis by van der Walt and Smith, 2015; cividis by Nuñez, Anderton and Renslow, 2018.
public enum ColorMap: String, CaseIterable, Sendable {
  /// Violet, green, yellow.
  case viridis
  /// Blue, grey, yellow; nearly the same to those who do not see red or green.
  case cividis
  /// Black to white.
  case gray
  /// Blue, light grey, red, around a middle.
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
    0x440154, 0x46085C, 0x471063, 0x481769, 0x481D6F, 0x482475, 0x472A7A, 0x46307E, 0x453781,
    0x433D84, 0x414287, 0x3F4889, 0x3D4E8A, 0x3A538B, 0x38598C, 0x355E8D, 0x33638D, 0x31688E,
    0x2E6D8E, 0x2C718E, 0x2A768E, 0x297B8E, 0x27808E, 0x25848E, 0x23898E, 0x218E8D, 0x20928C,
    0x1F978B, 0x1E9C89, 0x1FA188, 0x21A585, 0x24AA83, 0x28AE80, 0x2EB37C, 0x35B779, 0x3DBC74,
    0x46C06F, 0x50C46A, 0x5AC864, 0x65CB5E, 0x70CF57, 0x7CD250, 0x89D548, 0x95D840, 0xA2DA37,
    0xB0DD2F, 0xBDDF26, 0xCAE11F, 0xD8E219, 0xE5E419, 0xF1E51D, 0xFDE725,
  ].map { OKLab(Color(hex: $0)) }
  private static let cividisControls = [
    0x00224E, 0x002656, 0x002A5F, 0x002D68, 0x003070, 0x083370, 0x163770, 0x203A6F, 0x273E6E,
    0x2E416D, 0x34456C, 0x3A486C, 0x3F4C6C, 0x444F6C, 0x49536C, 0x4E566C, 0x535A6D, 0x575D6D,
    0x5C616E, 0x60646F, 0x656870, 0x696B71, 0x6D6F72, 0x727274, 0x767676, 0x7A7A78, 0x7E7D78,
    0x838179, 0x888578, 0x8D8878, 0x928C78, 0x969077, 0x9B9476, 0xA09875, 0xA59C74, 0xAAA073,
    0xAFA471, 0xB5A86F, 0xBAAC6D, 0xBFB06B, 0xC4B468, 0xC9B965, 0xCFBD62, 0xD4C15F, 0xDAC65B,
    0xDFCA57, 0xE5CF52, 0xEAD34C, 0xF0D846, 0xF6DD3F, 0xFCE236, 0xFEE838,
  ].map { OKLab(Color(hex: $0)) }
  private static let grayControls = [OKLab(0, 0, 0), OKLab(1, 0, 0)]
  private static let blueRedControls = [
    OKLab(0.35, -0.026, -0.108), OKLab(0.61, -0.045, -0.105), OKLab(0.87, 0, 0),
    OKLab(0.61, 0.105, 0.085), OKLab(0.35, 0.108, 0.06),
  ]
}
