internal import Foundation

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

  func distance(to other: OKLab) -> Double {
    let (da, db) = (a - other.a, b - other.b)
    let dl = lightness - other.lightness
    return (dl * dl + da * da + db * db).squareRoot()
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
