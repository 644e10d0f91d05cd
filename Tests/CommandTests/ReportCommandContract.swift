import Foundation
import Testing

@Suite("report and figure")
struct ReportCommandContract {
  /// Calls `body` with a study whose brain and model are aligned.
  private func withAlignment(_ body: (Study) throws -> Void) throws {
    try withStudy { study in
      #expect(try study.program.run(Study.align + ["out", "--quiet"]).status == 0)
      try body(study)
    }
  }

  @Test("report writes a folder beside the alignment and says where")
  func report() throws {
    try withAlignment { study in
      let outcome = try study.program.run("report", "out/")
      #expect(outcome.status == 0 && outcome.output == "")
      #expect(outcome.errors == "Written: out-report/report.html\n")
      #expect(try study.names("out-report") == ["figures", "report.html"])
      #expect(try study.names("out-report/figures").contains("coupling.pdf"))
      let page = try String(contentsOfFile: study.path("out-report/report.html"), encoding: .utf8)
      #expect(page.contains("peak memory") && page.contains("chiasm align --source brain"))
      #expect(!page.contains("http-equiv=\"refresh\"") && !page.contains("src=\"http"))
    }
  }

  @Test("Where there is no p, a figure says why")
  func withoutP() throws {
    try withAlignment { study in
      let figure = ["figure", "nulls", "out", "-o", "nulls.svg"]
      #expect(try study.program.run(figure).status == 0)
      let drawing = try String(contentsOfFile: study.path("nulls.svg"), encoding: .utf8)
      #expect(drawing.contains("no p: it takes --permutations") && !drawing.contains("n/a"))
    }
  }

  @Test("report replaces only a report, and only with --force")
  func force() throws {
    try withAlignment { (study) throws in
      let command = ["report", "out", "--no-figures", "--quiet", "--output"]
      #expect(try study.program.run(command + ["page"]).status == 0)
      #expect(try study.names("page") == ["report.html"])
      #expect(try study.program.run(command + ["page"]).status == 73)
      #expect(try study.program.run(command + ["page", "--force"]).status == 0)
      #expect(try study.program.run(command + ["out", "--force"]).status == 73)
      #expect(try study.program.run(command + ["model", "--force"]).status == 73)
      #expect(study.exists("out/alignment.json") && study.exists("model/a.npy"))
    }
  }

  @Test("What is no alignment is refused with one sentence and leaves nothing")
  func foreign() throws {
    try withAlignment { study in
      let before = try study.names()
      for (path, status) in [("model", 66), ("nowhere", 66)] {
        let outcome = try study.program.run("report", path)
        #expect(outcome.status == status && outcome.errors.contains(path))
        #expect(outcome.errors.split(separator: "\n").count == 1)
      }
      try study.text("model/alignment.json", ["{}"])
      #expect(try study.program.run("report", "model").status == 65)
      #expect(try study.names() == before)
    }
  }

  @Test("The name of the file decides the format of a figure", arguments: ["svg", "pdf", "png"])
  func formats(_ format: String) throws {
    try withAlignment { study in
      let outcome = try study.program.run("figure", "coupling", "out", "-o", "f.\(format)")
      #expect(outcome.status == 0 && outcome.output == "" && outcome.errors == "")
      let bytes = try Data(contentsOf: study.folder.appending(path: "f.\(format)"))
      let start = ["svg": "<", "pdf": "%PDF", "png": "\u{89}PNG"][format] ?? ""
      #expect(bytes.starts(with: start.unicodeScalars.map { UInt8($0.value) }))
      #expect(try study.program.run("figure", "coupling", "out", "-o", "f.\(format)").status == 73)
    }
  }

  @Test("A figure has the size that was asked for, and goes to stdout with -")
  func size() throws {
    try withAlignment { study in
      let outcome = try study.program.run(
        "figure", "layers", "out", "-o", "-", "--format", "svg", "--size", "3.5x3in",
        "--palette", "cividis", "--font-size", "7")
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("viewBox=\"0 0 252 216\""))
    }
  }

  @Test(
    "Wrong options of figure are status 64",
    arguments: [
      ["coupling", "out", "-o", "f.jpg"], ["coupling", "out", "-o", "-"],
      ["nonsense", "out", "-o", "f.svg"], ["coupling", "out", "-o", "f.svg", "--size", "3x"],
      ["coupling", "out", "-o", "f.svg", "--size", "0mm"],
      ["coupling", "out", "-o", "f.svg", "--size", "1x2x3in"],
      ["coupling", "out", "-o", "f.svg", "--font-size", "0"],
      ["coupling", "out", "-o", "f.svg", "--palette", "jet"],
    ])
  func wrong(_ arguments: [String]) throws {
    try withStudy { (study) throws in
      #expect(try study.program.run(["figure"] + arguments).status == 64)
      #expect(!study.exists("f.svg"))
    }
  }

  @Test("A figure without data names those that there are")
  func withoutData() throws {
    try withAlignment { study in
      let outcome = try study.program.run("figure", "depth-map", "out", "-o", "f.svg")
      #expect(outcome.status == 65 && outcome.errors.contains("coupling, costs"))
    }
  }

  @Test("A comparison has a report, and a figure for each measure")
  func comparison() throws {
    try withStudy { study in
      let compare = [
        "compare", "--source", "brain", "--target", "model", "--measure", "rsa,cka", "--quiet",
        "--output", "compared",
      ]
      #expect(try study.program.run(compare).status == 0)
      let outcome = try study.program.run("report", "compared")
      #expect(outcome.status == 0)
      #expect(outcome.errors == "Written: compared-report/report.html\n")
      #expect(
        try study.names("compared-report/figures").filter { $0.hasSuffix(".svg") } == [
          "values-cka.svg", "values-rsa.svg",
        ])
      let figure = ["figure", "values", "compared", "-o", "-", "--format", "svg"]
      #expect(try study.program.run(figure).output.contains("Values of rsa"))
      #expect(
        try study.program.run(figure + ["--measure", "cka"]).output.contains("Values of cka"))
      #expect(try study.program.run(figure + ["--measure", "ridge"]).status == 65)
      #expect(try study.program.run("report", "compared/comparison.json", "-o", "p").status == 0)
    }
  }
}
