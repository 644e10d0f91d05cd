/// What the user should know of images, with one sentence for all of which the same is true.
struct ImageNotes {
  private var paths: [String: [String]] = [:]
  private var clauses: [String] = []

  /// Adds what is true of an image: a clause that follows its path and a colon.
  mutating func add(_ clause: String, of path: String) {
    if paths[clause] == nil { clauses.append(clause) }
    paths[clause, default: []].append(path)
  }

  /// A sentence each, in the order of the images.
  var sentences: [String] {
    clauses.map { clause in
      let paths = paths[clause] ?? []
      let others = paths.count - 1
      let rest = others == 0 ? "" : others == 1 ? " and 1 more image" : " and \(others) more images"
      return "\(paths.first ?? "")\(rest): \(clause)."
    }
  }
}
