internal import ChiasmFiles
internal import Foundation

/// Which images go with which session of the trial table: the order decides, the names may object.
struct SessionPairing {
  /// For each session its images.
  let images: [[String]]
  let sessions: [TrialTable.Session]

  /// Refuses a pairing that numbers in names contradict.
  ///
  /// The number of an image is the one after `ses-` or `session`, else after `run-`, else the only one
  /// that varies over the images, where there are as many different numbers as sessions. It
  /// contradicts a session with another number if it is the number of some session of the table; other
  /// numbers, such as dates, say nothing, and images may count from 0 where the table counts from 1.
  /// Tables of a session each, as BIDS events are, must have the images' own `ses-` and `run-`.
  func check() throws {
    let order = images.indices.flatMap { session in images[session].map { _ in session } }
    let files = NumberedPaths(images.flatMap { $0 })
    let tables = NumberedPaths(order.map { sessions[$0].table })
    if sessions.allSatisfy({ $0.ownName == nil }) {
      for (left, right) in [(files.sessions, tables.sessions), (files.runs, tables.runs)] {
        guard let left, let right else { continue }
        if let image = left.indices.first(where: { left[$0] != right[$0] }) {
          throw contradiction(image, files, order, left[image], right[image])
        }
      }
    }
    guard let numbers = sessionNumbers(tables, order), let own = fileNumbers(files) else { return }
    guard !Self.countFromZero(own, numbers) else { return }
    let known = Set(numbers)
    if let image = own.indices.first(where: {
      own[$0] != numbers[$0] && known.contains(own[$0])
    }) {
      throw contradiction(image, files, order, own[image], numbers[image])
    }
  }

  /// The number of the session of every image; nil where sessions are not numbered.
  private func sessionNumbers(_ tables: NumberedPaths, _ order: [Int]) -> [Int]? {
    if sessions.allSatisfy({ $0.ownName == nil }) { return tables.varying }
    let numbers = sessions.compactMap { $0.ownName.flatMap(wholeNumber) }
    return numbers.count == sessions.count ? order.map { numbers[$0] } : nil
  }

  private func fileNumbers(_ files: NumberedPaths) -> [Int]? {
    [files.sessions, files.runs, files.varying].compactMap { $0 }
      .first { Set($0).count == sessions.count }
  }

  private static func countFromZero(_ left: [Int], _ right: [Int]) -> Bool {
    // A table may hold any number.
    let shifts = Set(zip(left, right).map { $0 &- $1 })
    return shifts == [-1] && left.min() == 0 || shifts == [1] && right.min() == 0
  }

  private func contradiction(
    _ image: Int, _ files: NumberedPaths, _ order: [Int], _ imageNumber: Int, _ rowsNumber: Int
  ) -> WorkflowError {
    let session = sessions[order[image]]
    return .contradictoryPairing(
      image: files.paths[image],
      rows: session.ownName.map { "session \($0) of \(session.table)" } ?? session.table,
      imageNumber: imageNumber, rowsNumber: rowsNumber)
  }
}

extension SessionPairing {
  /// Up to as many sessions have a line each.
  private static let mostLines = 12

  /// The pairing in words, `session ← image`: a line a session, or one for all where there are many
  /// whose images differ in a number only.
  var lines: [String] {
    let firsts = NumberedPaths(images.map { $0.first ?? "" })
    if images.count > Self.mostLines, images.allSatisfy({ $0.count == 1 }),
      let digits = firsts.varyingDigits
    {
      let pairs = zip(sessions, digits).map { "\(Self.fileName($0.name)) ← \($1)" }
      return [
        "Sessions ← \(Self.fileName(firsts.pattern)): " + pairs.joined(separator: ", ")
      ]
    }
    let names = Self.names(of: images.flatMap { $0 })
    var rest = names[...]
    return zip(sessions, images).map { session, images in
      let own = rest.prefix(images.count)
      rest = rest.dropFirst(images.count)
      let rows = session.ownName.map { "Session \($0)" } ?? session.table
      let range = own.count > 1 ? " … \(own.last ?? "") (\(own.count) images)" : ""
      return "\(rows) ← \(own.first ?? "")\(range)"
    }
  }

  /// What is said of images whose names are numbered in another order than they are given in.
  var orderNote: String? {
    NumberedPaths(images.flatMap { $0 }).firstFall.map { before, after in
      "The numbers in the images' names are not in order, \(before) comes before \(after): rows go to "
        + "images as they are given (ls -v sorts by number)."
    }
  }

  /// Names without folders where these tell the files apart.
  private static func names(of paths: [String]) -> [String] {
    let names = paths.map(fileName)
    return Set(names).count == Set(paths).count ? names : paths
  }

  /// The last component of a path, with the dataset behind it where one is named.
  private static func fileName(_ path: String) -> String {
    let end = path.range(of: ":/")?.lowerBound ?? path.endIndex
    return (String(path[..<end]) as NSString).lastPathComponent + path[end...]
  }
}

/// The numbers in the paths of some files, which tell what the files are.
struct NumberedPaths {
  let paths: [String]
  /// Each path as texts and runs of digits by turns, a text first.
  private let parts: [[Substring]]

  init(_ paths: [String]) {
    self.paths = paths
    parts = paths.map(Self.parts)
  }

  /// The number after `ses-`, `session` and the like, the last in each path; nil unless all have one.
  var sessions: [Int]? {
    numbers { path in
      path.matches(of: #/(?i)(?:^|[^a-z])ses(?:s|sion)?[-_ ]?([0-9]+)/#).last.map { $0.output.1 }
    }
  }

  /// The number after `run-` and the like.
  var runs: [Int]? {
    numbers { path in
      path.matches(of: #/(?i)(?:^|[^a-z])run[-_ ]?([0-9]+)/#).last.map { $0.output.1 }
    }
  }

  /// The only number that varies where paths differ in nothing else; nil where there is none.
  var varying: [Int]? {
    varyingDigits.flatMap { digits in
      let numbers = digits.compactMap { Int($0) }
      return numbers.count == digits.count ? numbers : nil
    }
  }

  /// The digits of that number, as they stand in each path; it may stand there several times.
  var varyingDigits: [Substring]? {
    varyingPlaces.first.map { place in parts.map { $0[place] } }
  }

  /// The first path with … for that number.
  var pattern: String {
    var pattern = parts.first ?? []
    for place in varyingPlaces { pattern[place] = "…" }
    return pattern.joined()
  }

  /// Where the number stands among the parts.
  private var varyingPlaces: [Int] {
    guard let first = parts.first, parts.allSatisfy({ Self.texts($0) == Self.texts(first) }) else {
      return []
    }
    let places = stride(from: 1, to: first.count, by: 2).filter { place in
      parts.contains { $0[place] != first[place] }
    }
    let columns = Set(places.map { place in parts.map { $0[place] } })
    return columns.count == 1 ? places : []
  }

  /// The first two neighbours that differ in nothing but numbers and whose numbers fall.
  var firstFall: (before: String, after: String)? {
    for (place, path) in paths.enumerated().dropFirst() {
      let before = paths[place - 1]
      if Self.texts(parts[place - 1]) == Self.texts(parts[place]), naturalOrder(path, before) {
        return (before, path)
      }
    }
    return nil
  }

  private func numbers(_ digits: (String) -> Substring?) -> [Int]? {
    let numbers = paths.compactMap { digits($0).flatMap { Int($0) } }
    return numbers.count == paths.count ? numbers : nil
  }

  private static func texts(_ parts: [Substring]) -> [Substring] {
    stride(from: 0, to: parts.count, by: 2).map { parts[$0] }
  }

  private static func parts(_ path: String) -> [Substring] {
    var parts: [Substring] = []
    var rest = path[...]
    while true {
      let isNumber = parts.count % 2 == 1
      let part = rest.prefix { ("0"..."9").contains($0) == isNumber }
      parts.append(part)
      rest = rest[part.endIndex...]
      if rest.isEmpty { return parts }
    }
  }
}
