import Testing

@testable import ChiasmReporting

@Suite("Widths of text")
struct TextMeasureTests {
  private struct Sample: Decodable {
    let text: String
    let isBold: Bool
    let width: Double
  }

  @Test("Widths are those of the font within 3 per cent")
  func widthsAreTheFonts() throws {
    let samples = try ReferenceFile.read("text_widths.json", as: [Sample].self)
    #expect(samples.count > 30)
    for sample in samples {
      let width = TextMeasure.width(of: sample.text, size: 9, isBold: sample.isBold)
      #expect(abs(width / sample.width - 1) < 0.03, "\(sample.text): \(width), \(sample.width)")
    }
  }

  @Test("A mark over a letter takes no room, a wide character an em or more")
  func classes() {
    #expect(TextMeasure.width(of: "e\u{301}", size: 9) == TextMeasure.width(of: "e", size: 9))
    #expect(TextMeasure.width(of: "\u{301}\u{200B}", size: 9) == 0)
    #expect(TextMeasure.width(of: "脳", size: 9) == 9)
    #expect(TextMeasure.width(of: "🧠", size: 9) > 9)
    #expect(TextMeasure.width(of: "", size: 9) == 0)
  }

  @Test("A text that fits stays; one that does not keeps its ends and fits")
  func shortening() {
    let name = "model.layers[12].attention.output.dense"
    let width = TextMeasure.width(of: name, size: 8)
    #expect(TextMeasure.shortened(name, to: width, size: 8) == name)
    for room in stride(from: 8.0, to: width, by: 3) {
      let short = TextMeasure.shortened(name, to: room, size: 8)
      #expect(TextMeasure.width(of: short, size: 8) <= room)
      #expect(short.filter { $0 == "…" }.count == 1)
      let ends = short.split(separator: "…", omittingEmptySubsequences: false)
      #expect(name.hasPrefix(ends[0]) && name.hasSuffix(ends[1]))
      #expect((0...1).contains(ends[0].count - ends[1].count))
    }
    #expect(TextMeasure.shortened(name, to: 3, size: 8) == "")
    #expect(TextMeasure.shortened(name, to: -1, size: 8) == "")
    #expect(TextMeasure.shortened("", to: 0, size: 8) == "")
  }

  @Test("A shortened text is as long as its room lets it be")
  func shorteningIsTight() {
    let short = TextMeasure.shortened(String(repeating: "n", count: 200), to: 100, size: 9)
    #expect(TextMeasure.width(of: short + "n", size: 9) > 100)
  }
}
