/// A method whose held-out scores stand beside those of HOT, HOT itself among them.
///
/// A control is one type in one file. One that mixes the predictions of HOT's own unit plans gives
/// weights (`MixtureControl`); any other makes its own predictions.
public protocol Control: Sendable {
  /// The name in result files, such as `single-best`.
  var name: String { get }

  /// The scores on the held-out stimuli of a split: the control's own, under its name, and its
  /// matched score, where it has one, under the name with `-matched`.
  ///
  /// Results depend on the split and the control's own seed only.
  ///
  /// - Throws: `AlignmentError`.
  func scores(of split: FittedSplit) async throws -> [MethodScore]
}
