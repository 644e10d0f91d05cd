import ChiasmAlignment
import ChiasmLinearAlgebra
import ChiasmResponses
import ChiasmStatistics
import Testing

@Suite("Contract of every measure")
struct MeasureContract {
  private let measures: [any Measure]

  init() throws { measures = try allMeasures() + [PartialSoftMatching()] }

  @Test("Names are unique, short and without spaces")
  func names() {
    #expect(Set(measures.map(\.name)).count == measures.count)
    for measure in measures {
      #expect(measure.name.allSatisfy { $0.isLetter || $0.isNumber || "-.".contains($0) })
    }
  }

  @Test("A stage compared with itself is as alike as can be")
  func selfComparison() throws {
    let stage = try responses(9, seed: 1)
    for measure in measures where !(measure is RidgePredictivity) {
      let value = try measure.value(of: stage, stage)
      #expect(abs(value - (measure.isDistance ? 0 : 1)) <= 1e-7, "\(measure.name)")
    }
    // The penalty keeps it a little below 1.
    #expect(try RidgePredictivity(seed: 3).value(of: stage, stage) > 0.9999)
  }

  @Test("The order of the stimuli does not matter when both sides share it")
  func stimulusOrder() throws {
    let (one, other) = (try responses(7, seed: 1), try responses(12, seed: 2))
    var generator = SeededGenerator(seed: 5)
    let order = generator.permutation(of: 30)
    for measure in measures where !(measure is RidgePredictivity) {
      let value = try measure.value(of: one, other)
      #expect(
        abs(try measure.value(of: one, other, rows: order) - value) <= 1e-9, "\(measure.name)")
    }
  }

  @Test("Those that say so take dissimilarities, the others say that they need responses")
  func dissimilarities() throws {
    let set = try DissimilaritySet(
      stimulusIDs: (0..<30).map { "\($0)" },
      matrices: [("one", Matrix(rowCount: 30, columnCount: 30, repeating: 0.0))])
    func takes(_ measure: some Measure) throws -> Bool {
      do {
        _ = try measure.prepare(set.stages[0], rows: Array(0..<30))
        return true
      } catch AlignmentError.needsResponses(let name) {
        #expect(name == measure.name)
        return false
      }
    }
    for measure in measures {
      #expect(try takes(measure) == measure.takesDissimilarities, "\(measure.name)")
      #expect(
        measure.takesDissimilarities
          == (measure.name.hasPrefix("rsa") || measure.name.hasPrefix("cka")))
    }
  }

  @Test("Permuting the stimuli of one side makes the stages less alike")
  func null() throws {
    let (one, other) = (try responses(15, seed: 1), try responses(12, seed: 2))
    var generator = SeededGenerator(seed: 5)
    let order = generator.permutation(of: 30)
    for measure in measures {
      let value = try measure.value(of: one, other)
      let null = try measure.value(of: one, other, targetRows: order)
      #expect(measure.isDistance ? null > value : null < value, "\(measure.name)")
    }
  }

  @Test("A stage that is reordered is the stage prepared in that order")
  func reordering() throws {
    let (one, other) = (try responses(15, seed: 1), try responses(12, seed: 2))
    var generator = SeededGenerator(seed: 5)
    let order = generator.permutation(of: 30)
    /// The value with the target reordered; nil where the measure does not reorder.
    func reordered<Subject: Measure>(_ measure: Subject) throws -> Double? {
      let rows = Array(0..<30)
      let target = try measure.prepare(other, rows: rows)
      guard let target = measure.reordering(target, by: order) else { return nil }
      return try measure.value(measure.prepare(one, rows: rows), target)
    }
    var names: [String] = []
    for measure in measures {
      guard let value = try reordered(measure) else { continue }
      names.append(measure.name)
      let prepared = try measure.value(of: one, other, targetRows: order)
      #expect(abs(value - prepared) <= 1e-12, "\(measure.name)")
    }
    let reordering = ["cka", "rsa", "ridge"]
    #expect(names.count == 16 && names.allSatisfy { reordering.contains(where: $0.hasPrefix) })
  }

  @Test("Only the rows in use count")
  func rowsInUse() throws {
    let (one, other) = (try responses(7, seed: 1), try responses(12, seed: 2))
    let rows = (0..<30).filter { $0 % 4 != 1 }
    for measure in measures {
      let value = try measure.value(of: one, other, rows: rows)
      let selected = try measure.value(of: one.selectingRows(rows), other.selectingRows(rows))
      #expect(value == selected, "\(measure.name)")
    }
  }

  @Test("Constant units and units with a NaN are left out")
  func unfitUnits() throws {
    let (one, other) = (try responses(7, seed: 1), try responses(12, seed: 2))
    var (spoiled, spoiledOther) = (one, other)
    for row in 0..<30 {
      spoiled[row, 3] = 1e4
      spoiledOther[row, 11] = 0
    }
    spoiledOther[17, 0] = .nan
    let kept = one.selectingColumns([0, 1, 2, 4, 5, 6])
    let keptOther = other.selectingColumns(Array(1..<11))
    for measure in measures {
      #expect(
        try measure.value(of: spoiled, spoiledOther) == measure.value(of: kept, keptOther),
        "\(measure.name)")
    }
  }

  @Test("A bootstrap sample has a value")
  func bootstrap() throws {
    let (one, other) = (try responses(7, seed: 1), try responses(12, seed: 2))
    var generator = SeededGenerator(seed: 8)
    let sample = (0..<30).map { _ in generator.integer(below: 30) }
    for measure in measures {
      let value = try measure.value(of: one, other, rows: sample)
      #expect(value.isFinite, "\(measure.name)")
    }
  }

  @Test("Too few different stimuli are refused with both counts, one more is enough")
  func tooFewStimuli() throws {
    let (one, other) = (try responses(7, seed: 1), try responses(5, seed: 2))
    for measure in measures {
      let needed = measure.leastStimulusCount
      let few = Array(0..<needed - 1)
      let error = #expect(throws: AlignmentError.self, "\(measure.name)") {
        try measure.value(of: one, other, rows: few + few)
      }
      #expect(
        error == .tooFewStimuli(measure: measure.name, needed: needed, found: needed - 1))
      #expect(try !measure.value(of: one, other, rows: Array(0..<needed)).isInfinite)
    }
    let error = AlignmentError.tooFewStimuli(measure: "ridge", needed: 15, found: 7)
    #expect(
      error.description
        == "The measure ridge needs at least 15 different stimuli and has 7; leave it out or give more."
    )
  }

  @Test("A stage without a varying unit is refused")
  func noVaryingUnits() throws {
    let stage = try responses(4, seed: 1)
    let constant = Matrix<Float>(rowCount: 30, columnCount: 2, repeating: 7)
    for measure in measures {
      #expect(throws: AlignmentError.nothingToMeasure(measure: measure.name, stimulusCount: 30)) {
        try measure.value(of: stage, constant)
      }
    }
  }

  @Test("One unit against one unit has a value, but no pattern to correlate")
  func singleUnits() throws {
    let (one, other) = (try responses(1, seed: 1), try responses(1, seed: 2))
    for measure in measures {
      let value = try measure.value(of: one, other)
      let hasNoPattern = measure.name == "rsa" || measure.name.hasPrefix("rsa-pearson")
      #expect(value.isNaN == hasNoPattern, "\(measure.name)")
    }
  }

  @Test("Tables hold all pairs, source stages by target stages")
  func tables() throws {
    let sources = [try responses(4, seed: 1), try responses(6, seed: 2)]
    let targets = try (3..<6).map { try responses(5, seed: $0) }
    for measure in measures {
      let table = try measure.values(sources, targets, rows: Array(0..<30))
      #expect((table.rowCount, table.columnCount) == (2, 3))
      #expect(table[1, 2] == (try measure.value(of: sources[1], targets[2])), "\(measure.name)")
    }
  }
}
