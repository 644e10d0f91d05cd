import ChiasmAlignment
import ChiasmFiles
import Foundation
import ChiasmReporting
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Report of an alignment")
struct ReportContract {
  static let anchors = [
    "summary", "coupling", "layers", "controls", "depth", "brain", "quality", "methods",
    "provenance",
  ]

  @Test("Every section is there and says something, and every figure has ink and words")
  func sections() async throws {
    try await withResponses { folder in
      try await folder.align(folder.smallSettings())
      let report = try folder.report()
      let page = report.page
      #expect(page.sections.map(\.anchor) == Self.anchors)
      #expect(page.sections.allSatisfy { !$0.blocks.isEmpty })
      #expect(
        report.kinds == [
          .coupling, .costs, .shareSpread, .flow, .layers, .controls, .differences, .nulls, .depth,
          .orderNulls,
        ])
      for kind in report.kinds {
        let figure = try report.figure(kind, style: ChartStyle())
        #expect(figure.name == kind.rawValue && !figure.marks.isEmpty)
        #expect(!figure.title.isEmpty && !figure.description.isEmpty)
      }
    }
  }

  @Test("The main numbers are those of alignment.json")
  func numbers() async throws {
    try await withResponses { folder in
      let result = try await folder.align(folder.smallSettings())
      let record = try folder.record()
      let page = try folder.report().page
      let score = NumberText.fixed(record.scores["hot"]?.mean, decimals: 3)
      #expect(page.text(of: "summary").contains("mean correlation of \(score)"))
      let test = try #require(result.evidence.tests.first { $0.statistic == .spearman })
      #expect(page.text(of: "depth").contains(NumberText.short(test.pValue, digits: 2)))
      for row in try folder.rows("out/coupling.csv") where row["split"] == "mean" {
        let share = Double(row["share"] ?? "")
        #expect(page.text(of: "coupling").contains(NumberText.fixed(share, decimals: 4)))
      }
    }
  }

  @Test("A source without a place in a brain has no maps, and the page says so")
  func modelToModel() async throws {
    try await withResponses { folder in
      try await folder.align(folder.smallSettings())
      let page = try folder.report().page
      #expect(page.text(of: "brain").contains("no place in a brain"))
      #expect(page.text(of: "quality").contains("was not made by chiasm extract"))
      #expect(page.text(of: "coupling").contains("source layer"))
      let error = #expect(throws: WorkflowError.self) {
        try folder.report().figure(.depthMap, style: ChartStyle())
      }
      #expect(error?.description.contains("depth-map") == true)
      #expect(error?.description.contains("coupling, costs, share-spread, flow") == true)
    }
  }

  @Test("One stage against one stage has a report")
  func single() async throws {
    try await withResponses { folder in
      var settings = AlignmentSettings(
        source: try folder.set("brain", [("V1", 3)], seed: 1),
        target: try folder.set("model", [("a", 2)], seed: 2))
      settings.splitCount = 1
      try await folder.align(settings)
      let report = try folder.report()
      #expect(report.kinds.starts(with: [.coupling, .costs, .flow, .layers, .controls]))
      #expect(report.page.text(of: "depth").contains("no order"))
      #expect(report.page.text(of: "controls").contains("With a single split"))
    }
  }

  @Test("A region without mass has n/a, not a number")
  func partial() async throws {
    try await withResponses { folder in
      var settings = try folder.smallSettings()
      settings.outer.kind = .partial
      settings.outer.mass = 0.05
      try await folder.align(settings)
      #expect(try folder.record().coupling.share.contains { $0.allSatisfy { $0 == nil } })
      let page = try folder.report().page
      #expect(page.text(of: "coupling").contains("has no mass in some split"))
      #expect(page.text(of: "methods").contains("only 0.05 of the mass was moved"))
    }
  }

  @Test("Names of stages that do harm elsewhere do none")
  func hostileNames() async throws {
    try await withResponses { folder in
      let names = [
        "<script>alert(1)</script>", "a&b\"'", "שלום", String(repeating: "long ", count: 40),
        "😀", "x/y",
      ]
      let source = try folder.set("brain", names.map { ($0, 3) }, seed: 1)
      let target = try folder.set("model", names.reversed().map { ($0, 2) }, seed: 2)
      try await folder.align(AlignmentSettings(source: source, target: target))
      let report = try folder.report()
      let html = report.page.html()
      #expect(!html.contains("<script>alert") && html.contains("&lt;script&gt;alert(1)"))
      for kind in report.kinds {
        let svg = try FigureFormat.svg.bytes(of: report.figure(kind, style: ChartStyle()))
        #expect(!String(decoding: svg, as: UTF8.self).contains("<script"))
      }
    }
  }

  @Test("The folder holds the page and every figure in every format, and links them")
  func files() async throws {
    try await withResponses { folder in
      try await folder.align(folder.smallSettings())
      let report = try folder.report()
      let output = try OutputFolder(path: folder.path("report"))
      var done = 0
      let boxes = try report.write(to: output, style: ChartStyle(), withFigures: true) { place, _ in
        done = place
      }
      try output.commit()
      #expect(done == report.kinds.count && boxes.isEmpty)
      let page = try String(contentsOfFile: folder.path("report/report.html"), encoding: .utf8)
      let starts: [FigureFormat: String] = [.svg: "<", .pdf: "%PDF-", .png: "\u{89}PNG"]
      for kind in report.kinds {
        for format in FigureFormat.allCases {
          let file = "figures/\(kind.rawValue).\(format.rawValue)"
          #expect(page.contains(file))
          let bytes = try Data(contentsOf: folder.url.appending(path: "report/" + file))
          let start = starts[format]?.unicodeScalars.map { UInt8($0.value) } ?? []
          #expect(bytes.starts(with: start), "\(file)")
        }
      }
    }
  }

  @Test("Quantiles of tables are those of figures")
  func quantiles() {
    #expect(ReportText.quantiles([8, 1, 2, 4]) == ["1.150", "1.750", "3.000", "5.000", "7.400"])
    #expect(ReportText.quantiles([]) == Array(repeating: "n/a", count: 5))
  }

  @Test("What p-values take for granted, and what corrects them, is said beside them")
  func assumptions() async throws {
    try await withResponses { folder in
      var settings = try folder.smallSettings()
      settings.permutationCount = 5
      try await folder.align(settings)
      let page = try folder.report().page
      let controls = page.text(of: "controls")
      for word in ["categories", "film", "sessions", "--groups", "p corrected"] {
        #expect(controls.contains(word), "\(word)")
      }
      #expect(page.text(of: "methods").contains("Westfall and Young, 1993"))
      #expect(page.text(of: "depth").contains("random maps"))
    }
  }

  @Test("Equal alignments have equal pages")
  func repeatable() async throws {
    try await withResponses { folder in
      try await folder.align(folder.smallSettings())
      #expect(try folder.report().page.html() == folder.report().page.html())
    }
  }

  @Test("Where the text speaks of a figure it says the number that the figure has")
  func figureNumbers() async throws {
    try await withResponses { folder in
      try await folder.align(folder.smallSettings())
      let report = try folder.report()
      func number(_ kind: FigureKind) throws -> Int {
        try #require(report.kinds.firstIndex(of: kind)) + 1
      }
      let (page, html) = (report.page, report.page.html())
      let (coupling, depth) = (try number(.coupling), try number(.depth))
      #expect(page.text(of: "summary").contains("The coupling (Figure \(coupling)) predicts"))
      #expect(page.text(of: "summary").contains("(Figure \(depth))"))
      #expect(page.text(of: "coupling").contains("the costs (Figure \(try number(.costs)))"))
      #expect(page.text(of: "depth").contains("the nulls (Figure \(try number(.orderNulls)))"))
      #expect(
        html.matches(of: /<b>Figure (\d+)\./).map(\.1) == report.kinds.indices.map { "\($0 + 1)" })
    }
  }

  @Test("Every figure is drawn for narrow windows too, no wider than they are")
  func narrow() async throws {
    try await withResponses { folder in
      try await folder.align(folder.smallSettings())
      let html = try folder.report().page.html()
      let narrow = html.matches(of: /drawing narrow[^\n]*\n<svg xmlns="[^"]*" width="([\d.]+)pt"/)
      let count = try folder.report().kinds.count
      #expect(narrow.count == count)
      for drawing in narrow { #expect((Double(drawing.1) ?? .infinity) <= 276) }
    }
  }
}
