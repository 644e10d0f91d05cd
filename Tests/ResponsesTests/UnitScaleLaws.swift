import ChiasmLinearAlgebra
import Testing

@testable import ChiasmResponses

@Suite("What single precision cannot hold, laws")
struct UnitScaleLaws {
  /// 3 units over 20 stimuli, some of either sign.
  private let plain = Matrix<Double>(
    rowCount: 20, columnCount: 3,
    elements: (0..<60).map { Double(($0 * 37) % 61) / 16 - 1.5 })

  private func changed(_ change: (Double) -> Double) -> Stage {
    Stage(
      name: "V1",
      responses: Matrix(rowCount: 20, columnCount: 3, elements: plain.elements.map(change)))
  }

  @Test("Ordinary responses stay as they are")
  func ordinary() {
    let stage = changed { $0 }
    #expect(stage.scale == nil && stage.responses.elements == plain.elements.map { Float($0) })
    #expect(changed { $0 + 2 }.scale == nil && changed { $0 * 1e-13 }.scale == nil)
    let single = Stage(name: "V1", responses: stage.responses)
    #expect(single == stage)
    let constant = Stage(
      name: "V1", responses: Matrix<Float>(rowCount: 20, columnCount: 3, repeating: 1e6))
    #expect(constant.scale == nil)
  }

  @Test("Far from zero no digit is lost", arguments: [1e4, 1e7, 1e8, -1e10])
  func offset(size: Double) throws {
    let stage = changed { $0 + size }
    let scale = try #require(stage.scale)
    for (place, response) in plain.elements.enumerated() {
      let restored = scale.offsets[place % 3] + Double(stage.responses.elements[place])
      #expect(abs(restored - (response + size)) <= abs(size) * 1e-16 + 1e-7)
    }
    let fit = Standardization(fitting: stage, rows: Array(0..<20))
    let own = Standardization(fitting: changed { $0 }, rows: Array(0..<20))
    for unit in 0..<3 { #expect(abs(fit.deviations[unit] / own.deviations[unit] - 1) <= 1e-6) }
  }

  @Test("No size is infinite or zero", arguments: [1e39, 1e300, 1e-45, 1e-60, 1e-305])
  func size(factor: Double) throws {
    let stage = changed { $0 * factor }
    let scale = try #require(stage.scale)
    #expect(stage.responses.elements.allSatisfy { $0.isFinite && abs($0) < 2 })
    #expect(Standardization(fitting: stage, rows: Array(0..<20)).varyingColumns == [0, 1, 2])
    for (place, response) in plain.elements.enumerated() {
      let restored = Double(
        sign: .plus, exponent: scale.exponents[place % 3],
        significand: scale.offsets[place % 3] + Double(stage.responses.elements[place]))
      #expect(abs(restored / factor - response) <= 1e-6)
    }
    #expect(scale.factors(of: [0, 1, 2]).max() == 1)
  }

  @Test("Rounding far from zero is no variance")
  func rounding() {
    let stage = changed { 1e8 + $0 * 1e-6 }
    #expect(stage.scale != nil)
    #expect(Standardization(fitting: stage, rows: Array(0..<20)).varyingColumns.isEmpty)
  }

  @Test("Neither the order of stimuli nor a choice of units changes what is taken off")
  func selections() {
    let stage = changed { $0 + 1e8 }
    let order = Array((0..<20).reversed())
    let reversed = Stage(
      name: "V1",
      responses: Matrix(
        rowCount: 20, columnCount: 3,
        elements: order.flatMap { plain.row($0) }.map { $0 + 1e8 }))
    #expect(reversed == stage.selectingStimuli(order))
    #expect(
      stage.selectingUnits([2, 0]).scale?.offsets
        == [2, 0].compactMap {
          stage.scale?.offsets[$0]
        })
    let joined = Stage(name: "all", joining: [changed { $0 }, stage])
    #expect(joined.scale?.offsets == [0, 0, 0] + (stage.scale?.offsets ?? []))
    #expect(Stage(name: "all", joining: [changed { $0 }, changed { $0 }]).scale == nil)
  }

  @Test("NaN and infinities remain for the set to refuse", arguments: [Double.nan, .infinity])
  func notFinite(value: Double) {
    var responses = Matrix(
      rowCount: 20, columnCount: 3, elements: plain.elements.map { $0 * 1e39 })
    responses[4, 1] = value
    let error = #expect(throws: ResponseError.self) {
      try ResponseSet(
        stimulusIDs: (0..<20).map { "s\($0)" }, stages: [Stage(name: "V1", responses: responses)])
    }
    #expect(error == .notFinite(stage: "V1", stimulus: "s4", unit: 1, count: 1))
  }

  @Test("Rows of a stimulus are averaged in double precision where it came first")
  func repeats() throws {
    let responses = Matrix<Float>(
      rowCount: 4, columnCount: 2, elements: [1, 16_777_216, 5, 2, 2, 1, 9, 1])
    let set = try ResponseSet(
      averagingRowsOf: ["b", "a", "b", "b"], stages: [Stage(name: "V1", responses: responses)])
    #expect(set.stimulusIDs == ["b", "a"])
    #expect(set.stages[0].responses.elements == [4, Float(16_777_218.0 / 3), 5, 2])
    let error = #expect(throws: ResponseError.self) {
      try ResponseSet(
        averagingRowsOf: ["b", "a"], stages: [Stage(name: "V1", responses: responses)])
    }
    #expect(error == .rowCount(stage: "V1", expected: 2, actual: 4, isTransposed: true))
  }
}
