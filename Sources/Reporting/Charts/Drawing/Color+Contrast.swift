internal import Foundation

extension Color {
  /// How light the colour is, 0 to 1.
  ///
  /// Reference: Web Content Accessibility Guidelines 2.2, "relative luminance".
  var luminance: Double {
    func linear(_ part: Double) -> Double {
      part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// Black or white, whichever is easier to read upon the colour.
  var contrast: Color {
    let light = luminance
    let isDark = 1.05 / (light + 0.05) > (light + 0.05) / 0.05
    return isDark ? Color(red: 1, green: 1, blue: 1) : Color(red: 0, green: 0, blue: 0)
  }
}
