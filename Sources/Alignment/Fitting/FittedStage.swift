/// A stage as a fit saw it.
public struct FittedStage: Equatable, Sendable {
  /// The name of the stage.
  public let name: String
  /// For each row or column of the unit plans, its column in the stage that was given. Units that do
  /// not vary over the training stimuli are not among them.
  public let unitColumns: [Int]
  /// The units of the stage that was given.
  public let originalUnitCount: Int

  init(_ stage: StandardizedStage) {
    name = stage.name
    unitColumns = stage.unitColumns
    originalUnitCount = stage.originalUnitCount
  }
}
