internal import ChiasmLinearAlgebra
public import ChiasmResponses
internal import RealModule

/// How near two stages come when one is rotated onto the other.
///
/// X and Y hold the responses with every unit centred and the whole of Frobenius norm 1; the stage of
/// fewer units is filled up with zeros. With ‖Xᵀ Y‖_* the sum of singular values,
/// ```
/// distance   = min over orthogonal R of ‖X − Y R‖_F = √(2 − 2 ‖Xᵀ Y‖_*)     in [0, √2]
/// angle      = arccos ‖Xᵀ Y‖_*                                              in [0, π/2]
/// similarity = ‖Xᵀ Y‖_*                                                     in [0, 1]
/// ```
/// The same in both directions; unchanged by rotation of the units and by one factor for all. Distance
/// and angle are metrics: smaller is more alike, and the triangle inequality holds; below 1e-7 they are
/// rounding. Unrelated stages come nearer the more units and the fewer stimuli there are. Repeats
/// of a stimulus count as often as they come.
///
/// Complexity: T² n to prepare a stage of n > T units; singular values of a matrix of min(T, n) ×
/// min(T, q) to compare. Reference: Williams2021 (the angle is that of its package
/// netrep, `LinearMetric` with α = 1).
public struct Procrustes: Measure {
  /// What is given.
  public enum Form: String, Sendable, CaseIterable {
    /// ‖X − Y R‖_F.
    case distance
    /// arccos ‖Xᵀ Y‖_*.
    case angle
    /// ‖Xᵀ Y‖_*.
    case similarity
  }

  /// What is given.
  public let form: Form

  /// The distance, unless told otherwise.
  public init(form: Form = .distance) { self.form = form }

  /// `procrustes` for the distance, otherwise `procrustes-<form>`.
  public var name: String { form == .distance ? "procrustes" : "procrustes-\(form.rawValue)" }
  /// All but the similarity are distances.
  public var isDistance: Bool { form != .similarity }

  /// Centres and scales the responses, and reduces them to at most as many dimensions as stimuli.
  public func prepare(
    _ stage: Stage, rows: [Int]
  ) throws(AlignmentError) -> Shape {
    let fit = try standardization(of: stage, rows: rows)
    return Shape(centredResponses(stage, rows: rows, fit: fit).transposed)
  }

  /// Rotates one stage onto the other.
  public func value(_ source: Shape, _ target: Shape) throws(AlignmentError) -> Double {
    let similarity: Double
    do {
      similarity = try source.similarity(to: target)
    } catch {
      throw .decomposition(measure: name, problem: error)
    }
    return switch form {
    case .distance: max(0, 2 - 2 * similarity).squareRoot()
    case .angle: Double.acos(min(max(similarity, -1), 1))
    case .similarity: similarity
    }
  }

  /// A stage up to rotation, shift and scale.
  public struct Shape: Sendable {
    /// Dimensions × stimuli, of Frobenius norm 1.
    private let coordinates: Matrix<Double>

    /// Takes centred units × stimuli.
    init(_ centred: Matrix<Double>) {
      var coordinates =
        centred.rowCount > centred.columnCount ? centred.triangularFactor() : centred
      let norm = coordinates.elements.reduce(0) { $0 + $1 * $1 }.squareRoot()
      for index in coordinates.elements.indices { coordinates.elements[index] /= norm }
      self.coordinates = coordinates
    }

    /// The nuclear norm of the product.
    func similarity(to other: Shape) throws(LinearAlgebraError) -> Double {
      precondition(
        coordinates.columnCount == other.coordinates.columnCount, "The stages have other stimuli.")
      let product = coordinates.product(transposing: other.coordinates)
      return try product.singularValues().reduce(0, +)
    }
  }
}
