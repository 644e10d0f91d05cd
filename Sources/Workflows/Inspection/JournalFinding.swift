internal import ChiasmFiles
internal import ChiasmReporting
internal import ChiasmResults

/// The journal of a run: what is done of its permutations and bootstrap samples.
struct JournalFinding: Finding {
  let kind = "journal"
  /// The command of the run.
  let command: String
  /// The version of the program that wrote it.
  let version: String
  /// How many draws of each kind are done; those of a comparison by measure, `rsa:permutation`.
  let draws: [String: Int]
  private let path: String

  /// Looks into a file; nil for one that is no journal.
  init?(path: String) throws {
    let start = try TextFile.beginning(of: path, count: Software.name.utf8.count + 1)
    guard start.starts(with: "\(Software.name) ".utf8),
      let (owner, lines) = try Journal.content(of: path)
    else { return nil }
    let words = owner.split(separator: " ").map(String.init)
    guard words.count == 5 else { return nil }
    self.path = path
    (version, command) = (words[1], words[2] == "comparison" ? "compare" : "align")
    draws = Dictionary(
      lines.compactMap { $0.split(separator: " ").first.map { (String($0), 1) } },
      uniquingKeysWith: +)
  }

  private enum CodingKeys: CodingKey { case kind, command, version, draws }

  var report: Report {
    let done = draws.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    return Report(
      title: "\(path): journal of a run of 'chiasm \(command)' that was stopped or still goes on",
      sections: [
        .fields([
          "version": version,
          "done": done.isEmpty ? "nothing" : done.joined(separator: ", "),
          "next": "the same command goes on from it; without that run it can be removed",
        ])
      ])
  }
}
