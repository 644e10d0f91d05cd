import Foundation

/// What `Reference/statistics_reference.py` wrote.
struct Reference: Decodable {
  struct Sequence: Decodable {
    let seed: UInt64
    let stream: UInt64
    let words: [UInt64]
    let below10: [Int]
    let belowGreat: [Int]
    let uniform: [Double]
    let permutation: [Int]
    let normal: [Double]
  }

  struct Pairs: Decodable {
    let name: String
    let x: [Double]
    let y: [Double]
    let r: Double
  }

  let sequences: [Sequence]
  let correlations: [Pairs]

  static func read() throws -> Reference {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Reference/statistics_reference.json")
    return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
  }
}
