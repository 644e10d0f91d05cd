import ChiasmAlignment
import ChiasmLinearAlgebra
import ChiasmResponses
import Foundation
import Testing

@Suite("Reference: measures between RDMs by rsatoolbox and the formulas of CKA")
struct DissimilaritiesReference {
  private struct Pair: Decodable {
    let source: Int
    let target: Int
    let values: [String: Double]
  }

  private struct Reference: Decodable {
    let stimulusCount: Int
    let lists: [[Double]]
    let pairs: [Pair]
  }

  private let reference: Reference
  private let set: DissimilaritySet

  init() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Reference/dissimilarities_reference.json")
    reference = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
    let count = reference.stimulusCount
    set = try DissimilaritySet(
      stimulusIDs: (0..<count).map { "\($0)" },
      matrices: reference.lists.enumerated().map { number, list in
        var matrix = Matrix(rowCount: count, columnCount: count, repeating: 0.0)
        var rest = list.makeIterator()
        for row in 0..<count {
          for column in row + 1..<max(count, row + 1) {
            let value = rest.next() ?? .nan
            (matrix[row, column], matrix[column, row]) = (value, value)
          }
        }
        return ("\(number)", matrix)
      })
  }

  @Test("Values of RSA and CKA agree, with values below 0 and with ties")
  func values() throws {
    func expectEqual<Subject: Measure>(_ measure: Subject, _ pair: Pair) throws {
      let rows = Array(0..<reference.stimulusCount)
      let value = try measure.value(
        measure.prepare(set.stages[pair.source], rows: rows),
        measure.prepare(set.stages[pair.target], rows: rows))
      let expected = try #require(pair.values[measure.name])
      #expect(abs(value - expected) < 1e-12, "\(measure.name)")
    }
    for pair in reference.pairs {
      let measures = try allMeasures().filter { pair.values.keys.contains($0.name) }
      #expect(measures.count == pair.values.count)
      for measure in measures { try expectEqual(measure, pair) }
    }
  }
}
