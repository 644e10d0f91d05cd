import Foundation

/// A page in Markdown, with what its links need.
struct MarkdownPage: Sendable {
  /// From the root of the package: `Documentation/files.md`.
  let path: String
  let text: String

  /// The lines that are not inside a fence.
  private var prose: [String] {
    var isFenced = false
    return text.split(separator: "\n", omittingEmptySubsequences: false).compactMap { line in
      if line.trimmingPrefix(while: \.isWhitespace).hasPrefix("```") {
        isFenced.toggle()
        return nil
      }
      return isFenced ? nil : String(line)
    }
  }

  /// Where the links of the page lead: `files.md#maps`.
  var targets: [String] {
    let prose = prose.joined(separator: "\n").replacing(#/`[^`]*`/#, with: "")
    return prose.matches(of: #/\]\(([^()\s]+)\)/#).map { String($0.output.1) }
  }

  /// The names by which headings are linked to, made as GitHub makes them.
  var anchors: Set<String> {
    var counts: [String: Int] = [:]
    return Set(
      prose.compactMap { $0.wholeMatch(of: #/#{1,6} +(.*?) *#*/#)?.output.1 }.map { title in
        let name = title.lowercased()
          .filter { $0.isLetter || $0.isNumber || "-_ ".contains($0) }
          .replacing(" ", with: "-")
        let count = counts[name, default: 0]
        counts[name] = count + 1
        return count == 0 ? name : "\(name)-\(count)"
      })
  }

  /// The links that lead nowhere, of a page below `root`.
  func brokenLinks(below root: URL) throws -> [String] {
    let folder = root.appending(path: path).deletingLastPathComponent()
    return try targets.filter { target in
      if target.contains("://") || target.hasPrefix("mailto:") { return false }
      let halves = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let file = folder.appending(path: halves[0])
      guard FileManager.default.fileExists(atPath: file.path) else { return true }
      guard halves.count > 1 else { return false }
      let page =
        halves[0].isEmpty
        ? self
        : MarkdownPage(path: file.path, text: try String(contentsOf: file, encoding: .utf8))
      return !page.anchors.contains(String(halves[1]))
    }
  }
}
