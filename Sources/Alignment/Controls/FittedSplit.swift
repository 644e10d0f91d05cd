/// One split with its fit and its held-out stimuli: all that a control may look at.
public struct FittedSplit: Sendable {
  /// The fit of HOT to the training stimuli.
  public let fit: FittedTransport
  /// The held-out stimuli, with a prediction of every source unit from every target stage.
  public let evaluation: HeldOutEvaluation
  /// Both sides, standardised on the training stimuli.
  let data: StandardizedPair
  /// How many threads a control may use; its results must not depend on it.
  let threads: Int

  /// Predicts the held-out stimuli; `data` must be what `fit` was fitted to, and ceilings be as
  /// `HeldOutEvaluation` wants them.
  public init(
    _ fit: FittedTransport, on data: StandardizedPair, targetCeilings: [[Double]]? = nil,
    threads: Int
  ) async throws {
    self.fit = fit
    self.data = data
    self.threads = threads
    evaluation = try await HeldOutEvaluation(
      fit, on: data, targetCeilings: targetCeilings, threads: threads)
  }
}
