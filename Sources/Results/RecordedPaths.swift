public import ChiasmFiles
internal import Foundation

/// How the record of a result names files.
///
/// A result is shared, and its record should not tell whose home it was made in: paths are written from
/// the folder of the result, with which they can be moved, and a home that the result does not lie in is
/// `~`.
public enum RecordedPaths: Equatable, Sendable {
  /// As they were given.
  case asGiven
  /// From the root of the file system.
  case absolute
  /// From this folder, which is a real path from the root.
  case from(folder: String)

  /// From the folder of a result.
  public static func from(_ folder: OutputFolder) -> RecordedPaths {
    .from(folder: folder.realPath)
  }

  /// A path as it is recorded; an empty one, of what was given as values, stays empty.
  public func callAsFunction(_ path: String) -> String {
    guard !path.isEmpty else { return path }
    return switch self {
    case .asGiven: path
    case .absolute: "/" + Self.names(path).joined(separator: "/")
    case .from(let folder): Self.relative(Self.names(path), to: Self.names(folder))
    }
  }

  /// A sentence in which files, or the folders that they are in, may be named by paths from the root.
  public func note(_ text: String, naming files: [String]) -> String {
    guard self != .asGiven else { return text }
    let folders = files.map { String($0[..<($0.lastIndex(of: "/") ?? $0.startIndex)]) }
    let paths = Set(files + folders).filter { $0.count > 1 && $0.hasPrefix("/") }
      .sorted { ($0.count, $0) > ($1.count, $1) }
    // In one pass: what is written must not be taken for a path again.
    var (result, rest) = ("", text[...])
    while let next = rest.first {
      if let path = paths.first(where: { rest.hasPrefix($0) && Self.ends(rest.dropFirst($0.count)) }
      ) {
        result += self(path)
        rest = rest.dropFirst(path.count)
      } else {
        result.append(next)
        rest = rest.dropFirst()
      }
    }
    return result
  }

  /// Whether a name ends before this.
  private static func ends(_ rest: Substring) -> Bool {
    rest.first.map { !($0.isLetter || $0.isNumber || "_-".contains($0)) } ?? true
  }

  /// An argument of a command line in which paths may stand alone or after `=`, `:` and `,`: those from
  /// the root, and those that lead upwards, are recorded. What only looks like a path stays.
  public func argument(_ text: String) -> String {
    guard self != .asGiven else { return text }
    var parts = [""]
    var previous: Character = "="
    for character in text {
      if "=:,".contains(previous) && "/.".contains(character) { parts.append("") }
      parts[parts.count - 1].append(character)
      previous = character
    }
    return parts.map { Self.isPath($0) ? self($0) : $0 }.joined()
  }
}

extension RecordedPaths {
  /// A recorded path with the home of who reads it in place of `~`.
  public static func expandingHome(_ path: String) -> String {
    path == "~" || path.hasPrefix("~/") ? home + path.dropFirst() : path
  }

  private static var home: String { ProcessInfo.processInfo.environment["HOME"] ?? "" }

  /// Whether a text that begins like a path from the root, or one that leads upwards, is one: its folder
  /// is there, or it lies in a home. A layer may be called `/conv1`.
  private static func isPath(_ text: String) -> Bool {
    guard text.hasPrefix("/") || text.hasPrefix("../") else { return false }
    let names = names(text)
    return realNames(names) != nil || homeDepth(names) != nil
      || names.count > 1 && realNames(names.dropLast()) != nil
  }

  /// The shortest way from a folder: up to the nearest folder above the path that the other lies in too,
  /// and down by the names as they were given.
  private static func relative(_ names: [String], to folder: [String]) -> String {
    for count in (0...names.count).reversed() {
      guard let shared = realNames(names.prefix(count)), folder.starts(with: shared) else {
        continue
      }
      if let home = homeDepth(names), home > count {
        return (["~"] + names[home...]).joined(separator: "/")
      }
      let steps =
        Array(repeating: "..", count: folder.count - shared.count) + names[count...]
      return steps.isEmpty ? "." : steps.joined(separator: "/")
    }
    return names.joined(separator: "/")
  }

  /// How many names of a path from the root lead into a home; nil for a path into none.
  private static func homeDepth(_ names: [String]) -> Int? {
    let own = home.isEmpty ? [] : Self.names(home)
    for home in [own, realNames(own) ?? []] where !home.isEmpty && names.starts(with: home) {
      return home.count
    }
    return nil
  }

  /// The names that lead from the root to a path, without `.` and `..`.
  private static func names(_ path: String) -> [String] {
    let whole = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    var names: [String] = []
    // By bytes: a combining character after a slash would hide it from `Character`.
    for bytes in whole.utf8.split(separator: UInt8(ascii: "/")) {
      let name = String(decoding: bytes, as: UTF8.self)
      switch name {
      case ".": continue
      case "..": _ = names.popLast()
      default: names.append(name)
      }
    }
    return names
  }

  /// The names that lead to a path without symbolic links; nil where nothing is.
  private static func realNames(_ names: some Collection<String>) -> [String]? {
    guard let real = realpath("/" + names.joined(separator: "/"), nil) else { return nil }
    defer { free(real) }
    return Self.names(String(cString: real))
  }
}
