import Testing

@testable import ChiasmReporting

@Suite("Laws of colour maps")
struct ColorMapLaws {
  private static let places = (0...64).map { Double($0) / 64 }

  @Test(
    "A sequential map gets lighter in even steps", arguments: [ColorMap.viridis, .cividis, .gray])
  func lightnessRisesEvenly(_ map: ColorMap) {
    #expect(!map.isDiverging)
    // Those of matplotlib are even in another space, CAM02-UCS.
    expectEven(Self.places.map { OKLab(map.color($0)).lightness }, tolerance: 0.4)
  }

  @Test("A diverging map is as dark at equal distances from its light middle")
  func divergingIsSymmetric() {
    let lightness = Self.places.map { OKLab(ColorMap.blueRed.color($0)).lightness }
    #expect(ColorMap.blueRed.isDiverging)
    expectEven(Array(lightness[...32]), tolerance: 0.05)
    for (low, high) in zip(lightness, lightness.reversed()) { #expect(abs(low - high) < 0.01) }
  }

  @Test("Neighbouring colours look equally far apart", arguments: ColorMap.allCases)
  func stepsAreEven(_ map: ColorMap) {
    let colors = Self.places.map { OKLab(map.color($0)) }
    let steps = zip(colors, colors.dropFirst()).map { $0.distance(to: $1) }
    let mean = steps.reduce(0, +) / Double(steps.count)
    for step in steps { #expect(abs(step / mean - 1) < 0.35, "\(step) beside \(mean)") }
  }

  @Test("The ends of a diverging map differ to those who do not see green")
  func endsDifferWithoutGreen() {
    let ends = [0.1, 0.9].map { OKLab(Self.withoutGreen(ColorMap.blueRed.color($0))) }
    #expect(ends[0].distance(to: ends[1]) > 0.15)
    #expect(ends[0].b < -0.05)
    #expect(ends[1].b > 0.02)
  }

  @Test("A value outside 0…1 has the colour of the end", arguments: ColorMap.allCases)
  func outsideIsEnd(_ map: ColorMap) {
    #expect(map.color(-0.1) == map.color(0))
    #expect(map.color(-.infinity) == map.color(0))
    #expect(map.color(1.1) == map.color(1))
    #expect(map.color(.infinity) == map.color(1))
    #expect(map.color(0) != map.color(1))
  }

  @Test("NaN has the colour of what is missing", arguments: ColorMap.allCases)
  func nanIsMissing(_ map: ColorMap) {
    #expect(map.color(.nan) == .missing)
  }

  /// Steps that stay within a part of their mean, and rise.
  private func expectEven(_ values: [Double], tolerance: Double) {
    let steps = zip(values, values.dropFirst()).map { $1 - $0 }
    let mean = steps.reduce(0, +) / Double(steps.count)
    #expect(mean > 0)
    for step in steps { #expect(abs(step / mean - 1) < tolerance, "\(step) beside \(mean)") }
  }

  /// What a deuteranope sees, by Machado, Oliveira and Fernandes, 2009, at full severity.
  private static func withoutGreen(_ color: Color) -> Color {
    let (r, g, b) = (Color.linear(color.red), Color.linear(color.green), Color.linear(color.blue))
    return Color(
      red: Color.encoded(0.367322 * r + 0.860646 * g - 0.227968 * b),
      green: Color.encoded(0.280085 * r + 0.672501 * g + 0.047413 * b),
      blue: Color.encoded(-0.011820 * r + 0.042940 * g + 0.968881 * b))
  }
}

@Suite("Colour maps beside matplotlib")
struct ColorMapReference {
  @Test("Viridis and cividis are matplotlib's", arguments: [ColorMap.viridis, .cividis])
  func matplotlib(_ map: ColorMap) throws {
    let maps = try ReferenceFile.read("color_maps.json", as: [String: [String]].self)
    let colors = try #require(maps[map.rawValue])
    #expect(colors.count == 256)
    for (number, text) in colors.enumerated() {
      let expected = Color(hex: try #require(UInt32(text, radix: 16)))
      let actual = map.color(Double(number) / 255)
      for part in [\Color.red, \.green, \.blue] {
        #expect(abs(actual[keyPath: part] - expected[keyPath: part]) < 4 / 255, "\(number)")
      }
    }
  }
}
