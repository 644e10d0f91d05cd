import ArgumentParser
import ChiasmResults
import ChiasmWorkflows

/// `chiasm transport`.
struct Transport: WorkflowCommand {
  static let configuration = CommandConfiguration(
    abstract: "Solve one dense transport problem, with a proof.",
    discussion: """
      Reads a cost matrix (.npy, rows x columns) and finds the plan of least cost that moves the \
      masses of the rows to the columns. Cost, gap, dual violation and marginal error go to stdout: \
      the cost is above the optimum by at most gap + violation x mass. "optimal" is a plan for \
      which that is at most 1e-9 of its cost; an exact solve that proves less ends with status 65 \
      after its result. An infinite cost forbids a pair; NaN is refused. Totals of the weights \
      may differ by 1e-9, or by 1e-6 where a side is stored as float32; the columns are scaled.

      Examples:

        chiasm transport cost.npy
        chiasm transport cost.npy --source-weights a.npy --target-weights b.npy \\
          --output plan.npz
        chiasm transport cost.npy --solver sinkhorn --json
      """)

  @Argument(help: ArgumentHelp("The costs.", valueName: "cost.npy"))
  var cost: String

  @Option(help: ArgumentHelp("The masses of the rows (default: equal).", valueName: "a.npy"))
  var sourceWeights: String?

  @Option(help: ArgumentHelp("The masses of the columns (default: equal).", valueName: "b.npy"))
  var targetWeights: String?

  @Option(help: "Solve exactly, or approximately with a certified gap.")
  var solver = AlignmentSettings.Solver.exact

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Write the plan, for scipy.sparse.load_npz; with - to stdout, and the rest to stderr.",
      valueName: "plan.npz"))
  var output: String?

  @Flag(help: "Replace the output file if it exists.")
  var force = false

  @Flag(help: "Print the result as JSON.")
  var json = false

  func execute() async throws(WorkflowError) {
    guard let output else { return try show(solve()) }
    let place = ResultPlace(
      path: output == "-" ? "/dev/stdout" : output, isForced: force,
      messages: Messages(isQuiet: false))
    try ReplaceableResult.checkInputs(
      [cost] + [sourceWeights, targetWeights].compactMap { $0 }, against: place.path)
    var result: TransportResult?
    try await place.writeFile { (path) throws(WorkflowError) in
      let solved = try solve()
      try solved.writePlan(to: path, replacing: false)
      result = solved
    }
    if let result { try show(result, onStderr: place.isStandardOutput) }
  }

  private func solve() throws(WorkflowError) -> TransportResult {
    var settings = TransportRun.Settings(cost: cost)
    settings.sourceWeights = sourceWeights
    settings.targetWeights = targetWeights
    settings.solver = solver
    let run = try TransportRun(settings)
    if let note = run.note { Messages(isQuiet: false).say("\(cost): \(note)") }
    return try run.run()
  }

  /// Tells the result, and fails where it is not proven.
  private func show(
    _ result: TransportResult, onStderr: Bool = false
  ) throws(WorkflowError) {
    let text = json ? try result.json() : result.summary + "\n"
    if onStderr { Messages.write(text) } else { try Results.write(text) }
    try result.requireProof()
  }
}
