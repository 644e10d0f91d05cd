import Foundation

/// What `Reference/evidence_reference.py` wrote.
struct EvidenceReference: Decodable {
  struct Ranks: Decodable {
    let name: String
    let x, y, ranks: [Double]
    let spearman, kendall: Double
  }

  struct Bootstrap: Decodable {
    let name: String
    let level, estimate: Double
    let draws, jackknife, percentile, accelerated: [Double]
  }

  struct Comparison: Decodable {
    let name: String
    let first, second: [Double]
    let ratio, studentT, studentP, correctedT, correctedP: Double
    let studentInterval, correctedInterval: [Double]
  }

  struct Uniformity: Decodable {
    let name: String
    let values: [Double]
    let statistic, p: Double
  }

  struct Tail: Decodable {
    let count: Int
    let statistic, p: Double
    /// With many digits; nil where that takes long.
    let exact: Double?
  }

  struct Normal: Decodable {
    let p, x: Double
  }

  struct Student: Decodable {
    let degrees, t, p: Double
  }

  struct Hierarchy: Decodable {
    let name: String
    let coupling: [[Double]]
    let depths: [Double]
    let spearman, kendall, near: Double
  }

  let ranks: [Ranks]
  let bootstraps: [Bootstrap]
  let comparisons: [Comparison]
  let uniformity: [Uniformity]
  let tails: [Tail]
  let normals: [Normal]
  let students: [Student]
  let hierarchies: [Hierarchy]

  static func read() throws -> EvidenceReference {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Reference/evidence_reference.json")
    return try JSONDecoder().decode(EvidenceReference.self, from: Data(contentsOf: file))
  }
}

/// Whether two numbers differ by no more than `tolerance` times the greater of 1 and their size.
func isClose(_ a: Double, _ b: Double, within tolerance: Double) -> Bool {
  abs(a - b) <= tolerance * max(1, abs(a), abs(b))
}

/// The same for lists of equal length.
func isClose(_ a: [Double], _ b: [Double], within tolerance: Double) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { isClose($0, $1, within: tolerance) }
}
