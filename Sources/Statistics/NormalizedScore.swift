/// Scores of units freed from the noise of the recording, and what the floor left out.
public struct NormalizedScore: Equatable, Sendable {
  /// r / √NC of each unit, in the order of the scores; NaN where the unit is left out.
  ///
  /// Not cut at 1: an estimated ceiling may be below the score's square, and cutting would bias the
  /// mean.
  public let values: [Double]
  /// The mean of `values` over the units that are used; NaN if none is.
  public let mean: Double
  /// The mean of the scores as they came over the same units, to set beside `mean`.
  public let rawMean: Double
  /// The units that are used.
  public let usedCount: Int
  /// The units left out because a ceiling is below the floor.
  public let belowFloorCount: Int
  /// The units left out because a ceiling is not known (NaN).
  public let unknownCount: Int
  /// The units left out because they have no score (NaN), whatever their ceiling.
  public let unscoredCount: Int
}
