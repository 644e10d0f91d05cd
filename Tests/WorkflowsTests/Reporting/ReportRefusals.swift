import ChiasmFiles
import Foundation
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("What a report refuses, and where it looks")
struct ReportRefusals {
  @Test("A folder of another kind is told what it is, and one whose tables do not fit is refused")
  func folders() async throws {
    try await withResponses { folder in
      let settings = try folder.smallSettings()
      for (name, words) in [
        ("model", "is a response set"), ("brain/V1.npy", "is a NumPy array"), (".", "a folder of"),
      ] {
        expectFailure(words, "comparison is expected") { _ = try folder.report(name) }
      }
      try await folder.align(settings)
      var text = try String(contentsOfFile: folder.path("out/alignment.json"), encoding: .utf8)
      text.replace("\"V2\"", with: "\"V2\", \"V3\"", maxReplacements: 1)
      try Data(text.utf8).write(to: folder.url.appending(path: "out/alignment.json"))
      expectFailure("out/alignment.json") { _ = try folder.report() }
    }
  }

  @Test("A method of another version is shown by its name; a control among the settings is named")
  func unknownMethod() async throws {
    try await withResponses { folder in
      try await folder.align(folder.smallSettings())
      let json = folder.url.appending(path: "out/alignment.json")
      let text = try String(contentsOf: json, encoding: .utf8)
      let renamed = text.replacing("\"uniform-p", with: "\"newer-p")
      var object =
        try JSONSerialization.jsonObject(with: Data(renamed.utf8)) as? [String: Any] ?? [:]
      var settings = object["settings"] as? [String: Any] ?? [:]
      settings["controls"] = ["hot"]
      object["settings"] = settings
      try JSONSerialization.data(withJSONObject: object).write(to: json)
      let page = try folder.report().page
      #expect(page.text(of: "controls").contains("newer-p"))
      #expect(page.text(of: "controls").contains("a method that Chiasm"))
      try Data(renamed.utf8).write(to: json)
      expectFailure("settings.controls.4", "this version does not know") {
        _ = try folder.report()
      }
      let cut = text.replacing("\"common_stimuli\"", with: "\"uncommon_stimuli\"")
      try Data(cut.utf8).write(to: json)
      expectFailure("common_stimuli is missing") { _ = try folder.report() }
    }
  }

  @Test(
    "A number that counts nothing is refused with its key",
    arguments: ["-9223372036854775808", "9223372036854775807", "-1"])
  func counts(value: String) async throws {
    try await withResponses { folder in
      try await folder.align(folder.smallSettings())
      let file = folder.url.appending(path: "out/alignment.json")
      let text = try String(contentsOf: file, encoding: .utf8)
      for key in ["common_stimuli", "solves", "stimuli"] {
        let wrong = text.replacing(try Regex("\"\(key)\" : [0-9]+"), with: "\"\(key)\" : \(value)")
        #expect(wrong != text)
        try Data(wrong.utf8).write(to: file)
        expectFailure("out/alignment.json", key, value) { _ = try folder.report() }
        expectFailure(key, value) { _ = try Inspection(path: folder.path("out")) }
      }
    }
  }

  @Test("Lists of stages that do not go together are refused")
  func stages() async throws {
    try await withResponses { folder in
      try await folder.align(folder.smallSettings())
      let json = folder.url.appending(path: "out/alignment.json")
      let whole = try JSONSerialization.jsonObject(with: Data(contentsOf: json))
      let result = try #require(whole as? [String: Any])
      let places = try #require(result["places"] as? [[String: Any]])
      let source = try #require(result["source"] as? [String: Any])
      let names = try #require(source["stages"] as? [String])
      var splits = try #require(result["splits"] as? [String: [String: Any]])
      let name = try #require(splits.keys.first)
      splits[name]?["draws"] = [
        "entropy-p": ["count": 2, "stage_sd": [0.1], "stage_rank_of_hot": [0.5]]
      ]
      for damage: [String: Any] in [
        ["splits": splits],
        ["places": Array(places.dropLast())], ["places": Array(places.reversed())],
        ["source": source.merging(["stages": names.map { _ in names[0] }]) { $1 }],
      ] {
        try JSONSerialization.data(withJSONObject: result.merging(damage) { $1 }).write(to: json)
        expectFailure("out/alignment.json", "is no alignment of") { _ = try folder.report() }
      }
    }
  }

  @Test("Damaged draws and maps are named")
  func damaged() async throws {
    try await withResponses { folder in
      try await folder.align(folder.smallSettings())
      try FileManager.default.createDirectory(
        atPath: folder.path("out/maps"), withIntermediateDirectories: false)
      expectFailure("expected_depth.nii.gz") { _ = try folder.report() }
      try FileManager.default.removeItem(atPath: folder.path("out/maps"))
      try Data("PK".utf8).write(to: folder.url.appending(path: "out/replicates.npz"))
      expectFailure("replicates.npz") { _ = try folder.report() }
    }
  }

  @Test("The source is found from the folders above the alignment, and where the user says")
  func source() async throws {
    try await withResponses { folder in
      try await folder.align(folder.smallSettings(), to: "deep/out")
      let json = folder.url.appending(path: "deep/out/alignment.json")
      let text = try String(contentsOf: json, encoding: .utf8)
        .replacing(folder.path("brain"), with: "brain")
      try Data(text.utf8).write(to: json)
      #expect(!(try folder.report("deep/out").page.text(of: "quality").contains("not found")))
      try FileManager.default.moveItem(atPath: folder.path("brain"), toPath: folder.path("moved"))
      let page = try folder.report("deep/out").page
      #expect(page.text(of: "quality").contains("--source"))
      let found = try folder.report("deep/out") { $0.source = folder.path("moved") }
      #expect(!found.page.text(of: "quality").contains("--source"))
    }
  }

  @Test("Another set than the one that was aligned is refused by name, and passed over else")
  func otherSource() async throws {
    try await withResponses { folder in
      try await folder.align(folder.smallSettings())
      expectFailure("model", "is not the set that was aligned") {
        _ = try folder.report { $0.source = folder.path("model") }
      }
      try FileManager.default.removeItem(atPath: folder.path("brain"))
      try folder.set("brain", [("V1", 4)], stimuli: ["x", "y"], seed: 5)
      #expect(try folder.report().page.text(of: "quality").contains("was not found"))
      expectFailure("nowhere") { _ = try folder.report { $0.source = folder.path("nowhere") } }
    }
  }

  @Test("Known answers are marked, and a table of other stages is refused")
  func known() async throws {
    try await withResponses { folder in
      try await folder.align(folder.smallSettings())
      let truth = try folder.table("truth.tsv", ["source_stage target_stage", "V1 a", "V2 c"])
      let page = try folder.report { $0.known = truth }.page
      #expect(page.text(of: "summary").contains("2 source layers with a known answer"))
      #expect(page.text(of: "coupling").contains("Outlines mark"))
      let other = try folder.table("other.tsv", ["source_stage target_stage", "FFA a"])
      expectFailure("other.tsv") { _ = try folder.report { $0.known = other } }
    }
  }

  @Test("Trailing slashes and the JSON itself name the folder")
  func folderNames() {
    for path in ["a/out", "a/out/", "a/out//", "a/out/alignment.json"] {
      #expect(ReportSettings(alignment: path).folder == "a/out")
    }
    #expect(ReportSettings(alignment: "alignment.json").folder == ".")
    #expect(ReportSettings(alignment: "/").folder == "/")
  }
}
