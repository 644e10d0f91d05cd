internal import Foundation

/// A colour in sRGB, each part in 0…1.
public struct Color: Equatable, Sendable {
  /// The part of red, gamma-encoded as in files.
  public let red: Double
  /// The part of green.
  public let green: Double
  /// The part of blue.
  public let blue: Double

  /// Takes the three parts; a part outside 0…1 becomes the nearer end, NaN becomes 0.
  public init(red: Double, green: Double, blue: Double) {
    self.red = Self.clamped(red)
    self.green = Self.clamped(green)
    self.blue = Self.clamped(blue)
  }

  /// The colour that a number of 24 bits stands for: `0xRRGGBB`.
  public init(hex: UInt32) {
    func part(_ shift: UInt32) -> Double { Double(hex >> shift & 0xFF) / 255 }
    self.init(red: part(16), green: part(8), blue: part(0))
  }

  /// Red, green and blue as bytes, rounded to nearest.
  public var bytes: (red: UInt8, green: UInt8, blue: UInt8) {
    func byte(_ part: Double) -> UInt8 { UInt8((part * 255).rounded()) }
    return (byte(red), byte(green), byte(blue))
  }

  /// The colour as SVG and CSS write it: `#1f978b`.
  public var hex: String {
    let bytes = bytes
    let number = UInt32(bytes.red) << 16 | UInt32(bytes.green) << 8 | UInt32(bytes.blue)
    let digits = String(number, radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }

  private static func clamped(_ part: Double) -> Double { part > 0 ? min(part, 1) : 0 }
}

extension Color {
  /// Black.
  public static let black = Color(hex: 0x000000)
  /// White.
  public static let white = Color(hex: 0xFFFFFF)
  /// What stands for a value that is missing.
  public static let missing = Color(hex: 0xB8B8B8)

  /// Colours for names, told apart by people who do not see all colours alike, the clearest on white
  /// first.
  ///
  /// Reference: Okabe and Ito, "Color Universal Design", 2008, without black.
  public static let categories = [
    0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0xF0E442,
  ].map { Color(hex: $0) }

  /// The colour of the name at a place in a list; after the last colour comes the first again.
  public static func category(_ place: Int) -> Color {
    let count = categories.count
    return categories[((place % count) + count) % count]
  }
}

extension Color {
  /// Relative luminance, 0 for black and 1 for white.
  ///
  /// Reference: Web Content Accessibility Guidelines 2.2.
  public var luminance: Double {
    0.2126 * Self.linear(red) + 0.7152 * Self.linear(green) + 0.0722 * Self.linear(blue)
  }

  /// How far two colours stand apart in luminance, 1 for equal ones to 21 for black and white; text
  /// needs 4.5.
  ///
  /// Reference: Web Content Accessibility Guidelines 2.2.
  public func contrast(to other: Color) -> Double {
    let (low, high) = (min(luminance, other.luminance), max(luminance, other.luminance))
    return (high + 0.05) / (low + 0.05)
  }

  /// Black or white, whichever is read more easily on a colour; the contrast is at least 4.5.
  public static func ink(on ground: Color) -> Color {
    ground.contrast(to: .black) >= ground.contrast(to: .white) ? .black : .white
  }
}

/// A colour by what the eye makes of it: equal distances look equally far apart.
///
/// Reference: Björn Ottosson, "A perceptual color space for image processing", 2020.
struct OKLab: Equatable, Sendable {
  /// Lightness, 0 for black to 1 for white.
  let lightness: Double
  /// From green, below 0, to red.
  let a: Double
  /// From blue, below 0, to yellow.
  let b: Double

  init(_ lightness: Double, _ a: Double, _ b: Double) {
    self.lightness = lightness
    self.a = a
    self.b = b
  }

  init(_ color: Color) {
    let red = Color.linear(color.red)
    let green = Color.linear(color.green)
    let blue = Color.linear(color.blue)
    let long = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    let medium = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    let short = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
  }

  /// The colour; what sRGB cannot show is clipped.
  var color: Color {
    func cubed(_ x: Double) -> Double { x * x * x }
    let long = cubed(lightness + 0.3963377774 * a + 0.2158037573 * b)
    let medium = cubed(lightness - 0.1055613458 * a - 0.0638541728 * b)
    let short = cubed(lightness - 0.0894841775 * a - 1.2914855480 * b)
    return Color(
      red: Color.encoded(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
      green: Color.encoded(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
      blue: Color.encoded(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short))
  }

  /// The colour a part of the way to another.
  func mixed(with other: OKLab, part: Double) -> OKLab {
    OKLab(
      lightness + part * (other.lightness - lightness), a + part * (other.a - a),
      b + part * (other.b - b))
  }
}

extension Color {
  /// A part of an sRGB colour as an amount of light.
  static func linear(_ part: Double) -> Double {
    part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
  }

  /// The inverse of `linear`.
  static func encoded(_ light: Double) -> Double {
    light <= 0.0031308 ? 12.92 * light : 1.055 * pow(light, 1 / 2.4) - 0.055
  }
}
