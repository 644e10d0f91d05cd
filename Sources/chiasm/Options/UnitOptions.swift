import ArgumentParser
import ChiasmResponses

/// How layers come to fewer units.
struct UnitOptions: ParsableArguments {
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Pool layers of channels x height x width by mean, max or grid:K (K x K means), layers of tokens x dim "
        + "by tokens:mean, tokens:first (cls) or tokens:last; one of each where a model has both. "
        + "(default: none)", valueName: "way"))
  var pool: [String] = []

  @Option(
    help: ArgumentHelp("Use at most this many units a stage, drawn at random.", valueName: "n"))
  var maxUnits: Int?

  @Option(
    help: ArgumentHelp(
      "Project layers of more units to this many by a sparse random matrix, which keeps distances, not "
        + "single units.", valueName: "n"))
  var project: Int?

  /// The ways of pooling; nil for none.
  var pooling: Pooling? { pool.isEmpty ? nil : Pooling(joined) }

  private var joined: String { pool.joined(separator: ",") }

  func validate() throws {
    guard pool.isEmpty || Pooling(joined) != nil else {
      throw ValidationError(
        "--pool is '\(joined)', but must be none, or one of mean, max and grid:K, one of tokens:mean, "
          + "tokens:first (cls) and tokens:last, or one of each.")
    }
  }
}
