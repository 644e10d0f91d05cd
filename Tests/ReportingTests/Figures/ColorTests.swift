import Testing

@testable import ChiasmReporting

extension OKLab {
  /// How far two colours look apart.
  func distance(to other: OKLab) -> Double {
    let (da, db) = (a - other.a, b - other.b)
    let dl = lightness - other.lightness
    return (dl * dl + da * da + db * db).squareRoot()
  }
}

@Suite("Colours")
struct ColorTests {
  @Test("A colour is written as six hexadecimal digits", arguments: [0x000000, 0x0A0B0C, 0xFFFFFF])
  func hexGoesRound(_ number: UInt32) throws {
    let text = Color(hex: number).hex
    #expect(text.count == 7)
    #expect(try #require(UInt32(text.dropFirst(), radix: 16)) == number)
  }

  @Test("Parts outside 0…1 become the nearer end and NaN 0")
  func partsAreClamped() {
    #expect(Color(red: -1, green: 2, blue: .nan) == Color(red: 0, green: 1, blue: 0))
  }

  @Test("Text on a colour is black or white, whichever stands out, at 4.5 or more")
  func inkStandsOut() {
    #expect(Color.ink(on: .white) == .black)
    #expect(Color.ink(on: .black) == .white)
    #expect(abs(Color.white.contrast(to: .black) - 21) < 1e-9)
    for map in ColorMap.allCases {
      for number in 0...100 {
        let ground = map.color(Double(number) / 100)
        #expect(Color.ink(on: ground).contrast(to: ground) >= 4.5)
      }
    }
  }

  @Test("The colours of names differ, and begin again after the last")
  func categoriesDiffer() {
    let colors = Color.categories
    for (number, color) in colors.enumerated() {
      for other in colors[..<number] { #expect(OKLab(color).distance(to: OKLab(other)) > 0.1) }
      #expect(Color.category(number) == color)
      #expect(Color.category(number + colors.count) == color)
      #expect(Color.category(number - colors.count) == color)
    }
  }

  @Test("OKLab and back is the same colour", arguments: [0x123456, 0xFE8001, 0x000000, 0xFFFFFF])
  func oklabGoesRound(_ number: UInt32) {
    #expect(OKLab(Color(hex: number)).color.hex == Color(hex: number).hex)
  }

  @Test("OKLab gives the published values of its author")
  func oklabIsPublished() {
    // White is (1, 0, 0); sRGB red is (0.628, 0.225, 0.126).
    #expect(OKLab(.white).distance(to: OKLab(1, 0, 0)) < 1e-4)
    #expect(OKLab(Color(hex: 0xFF0000)).distance(to: OKLab(0.628, 0.225, 0.126)) < 1e-3)
  }
}
