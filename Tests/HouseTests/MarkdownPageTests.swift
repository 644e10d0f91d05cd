import Foundation
import TestSupport
import Testing

@Suite("Pages for readers")
struct MarkdownPageTests {
  private static let root = SharedData.packageRoot

  /// Every page of the package that people read.
  private static func pages() throws -> [MarkdownPage] {
    let paths = try ["Documentation", "Examples", "Benchmarks", "atlases"].flatMap { folder in
      try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path)
        .filter { $0.hasSuffix(".md") && !("/" + $0).contains("/.") }
        .sorted().map { "\(folder)/\($0)" }
    }
    return try (["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "References.md"] + paths).map {
      MarkdownPage(
        path: $0, text: try String(contentsOf: root.appending(path: $0), encoding: .utf8))
    }
  }

  @Test("Every link leads to a file, and to a heading where it names one")
  func linksLead() throws {
    let pages = try Self.pages()
    for page in pages {
      #expect(try page.brokenLinks(below: Self.root) == [], "\(page.path)")
    }
    #expect(pages.flatMap(\.targets).count > 30)
  }

  @Test("Every page of Documentation is in its index")
  func indexIsWhole() throws {
    let pages = try Self.pages().filter { $0.path.hasPrefix("Documentation/") }
    let index = try #require(pages.first { $0.path == "Documentation/README.md" })
    let listed = index.targets.map { $0.prefix { $0 != "#" } }
    for page in pages where page.path != index.path {
      #expect(listed.contains { "Documentation/\($0)" == page.path }, "\(page.path)")
    }
  }

  @Test("README.md is read in a few minutes: 150 lines at most")
  func readmeIsShort() throws {
    let readme = try #require(try Self.pages().first { $0.path == "README.md" })
    #expect(readme.text.split(separator: "\n", omittingEmptySubsequences: false).count <= 151)
  }

  @Test("Links that lead nowhere are found, those in code and on the web are left")
  func brokenLinksAreFound() throws {
    try withTemporaryFolder { folder in
      try Data("# One thing: *two*\n\n## Same\n\n## Same\n\n```\n# No heading\n```\n".utf8)
        .write(to: folder.appending(path: "other.md"))
      let page = MarkdownPage(
        path: "page.md",
        text: """
          # Here
          [a](other.md) [b](other.md#one-thing-two) [c](other.md#same-1) [d](#here) [e](https://a.b/c)
          [f](gone.md) [g](other.md#same-2) [h](#there) ![i](gone.svg) `[j](code.md)`
          [k](other.md#no-heading)
          ```
          [l](fenced.md)
          ```
          """)
      #expect(
        try page.brokenLinks(below: folder)
          == ["gone.md", "other.md#same-2", "#there", "gone.svg", "other.md#no-heading"])
    }
  }
}
