import ChiasmResults
import ChiasmTables
import Foundation
import Testing

@Suite("Data dictionaries")
struct DataDictionaryContract {
  @Test("Every column is told with its name, its meaning, its range and its levels")
  func columnsAreTold() throws {
    let quantities = [
      Quantity("p", "p", "How rare", .digits(2), in: 0...1),
      Quantity("x", "place", "Of the {source}", .fixed(1), unit: "mm"),
      Quantity(
        "tail", "tail", "Which", .text, levels: [.init("upper", "upper", "Great {targets}")]),
    ]
    let text = try JSONFile.text(DataDictionary(quantities))
    let file = try #require(
      JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: [String: Any]])
    #expect(Set(file.keys) == ["p", "x", "tail"])
    #expect(file["p"]?["Minimum"] as? Double == 0 && file["p"]?["Maximum"] as? Double == 1)
    #expect(file["x"]?["Units"] as? String == "mm")
    #expect(file["x"]?["Description"] as? String == "Of the source stage")
    #expect(file["tail"]?["Levels"] as? [String: String] == ["upper": "Great target stages"])
    #expect(file["p"]?["Units"] == nil)
  }
}
