import Foundation

/// A file of the sources, as the rules see it.
struct SourceFile: Sendable {
  /// From the root of the package: `Sources/Imaging/Grid.swift`.
  let path: String
  let text: String

  /// Every Swift and C file below some folders of a package.
  static func all(in folders: [String], of root: URL) throws -> [SourceFile] {
    try folders.flatMap { folder in
      try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path)
        .sorted()
        .filter { [".swift", ".c", ".h", ".modulemap"].contains(where: $0.hasSuffix) }
        .map { "\(folder)/\($0)" }
        .map { path in
          SourceFile(
            path: path,
            text: try String(contentsOf: root.appending(path: path), encoding: .utf8))
        }
    }
  }

  var folders: [String] { path.split(separator: "/").dropLast().map(String.init) }
  var isSwift: Bool { path.hasSuffix(".swift") }
  /// `Grid` of `Sources/Imaging/Grid.swift`.
  var stem: String {
    String(path.split(separator: "/").last?.prefix { $0 != "." } ?? "")
  }
  /// `Imaging` of `Sources/Imaging/Grid.swift`.
  var module: String { folders.count > 1 ? folders[1] : "" }
  var lineCount: Int {
    text.split(omittingEmptySubsequences: false) { $0.isNewline }.count
      - (text.last?.isNewline == true ? 1 : 0)
  }
}

extension SourceFile {
  /// The lines without what stands in comments and string literals, where a rule must not look.
  var code: [String] {
    let blank =
      text
      .replacing(#/"""(.|\n)*?"""/#) { String($0.output.0.filter(\.isNewline)) }
      .replacing(#/"(\\.|[^"\\\n])*"/#, with: #""""#)
      .replacing(#/\/\*(.|\n)*?\*\//#) { String($0.output.0.filter(\.isNewline)) }
      .replacing(#/\/\/[^\n]*/#, with: "")
    return blank.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The modules that the file imports.
  var imports: [String] {
    let statement =
      #/
      ^\s* (@\w+ (\([^)]*\))? \s+)*
      ((public|package|internal|private|fileprivate) \s+)? import \s+
      ((struct|class|enum|protocol|typealias|func|let|var|actor) \s+)? (?<module>\w+)
      /#
    return code.compactMap { $0.firstMatch(of: statement)?.output.module }.map(String.init)
  }

  /// The folder of a module of ours, `Imaging` for `ChiasmImaging`; nil for a module of others.
  static func ours(_ module: String) -> String? {
    if module == "Chiasm" { return "Umbrella" }
    return module.hasPrefix("Chiasm") ? String(module.dropFirst(6)) : nil
  }
}
