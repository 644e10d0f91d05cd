extension SinkhornRun {
  /// The scaled plan rounded to the marginals, and potentials made feasible.
  func solution(of problem: TransportProblem, converged: Bool) -> TransportSolution {
    let q = arcs.columnCount
    roundToMarginals()
    var entries: [TransportPlan.Entry] = []
    for index in 0..<kernel.count where kernel[index] > 0 {
      entries.append(
        .init(
          row: arcs.rowPoints[index / q], column: arcs.columnPoints[index % q],
          mass: kernel[index] * problem.totalMass))
    }
    var targets = [Double](repeating: -.infinity, count: problem.cost.columnCount)
    for column in 0..<q { targets[arcs.columnPoints[column]] = v[column] * spread }
    let potentials = problem.feasiblePotentials(from: targets, tightening: true)
    return TransportSolution(
      problem: problem,
      plan: TransportPlan(
        rowCount: problem.cost.rowCount, columnCount: problem.cost.columnCount, entries: entries),
      sourcePotentials: potentials.source, targetPotentials: potentials.target,
      iterations: sweepCount, termination: converged ? .converged : .iterationLimit)
  }

  /// Drops traces, scales rows and then columns down to their masses, and fills what is missing in
  /// corner by corner. Works in the kernel, whose scalings have been absorbed.
  private func roundToMarginals() {
    let (p, q) = (arcs.rowCount, arcs.columnCount)
    var rowMissing = [Double](repeating: 0, count: p)
    var columnMissing = targetMasses
    var columnSums = [CompensatedSum](repeating: CompensatedSum(), count: q)
    for row in 0..<p {
      let trace = 1e-9 * sourceMasses[row] / Double(q)
      var sum = CompensatedSum()
      for index in row * q..<(row + 1) * q {
        if kernel[index] < trace { kernel[index] = 0 }
        sum += kernel[index]
      }
      let factor = min(1, sourceMasses[row] / sum.value)
      for column in 0..<q {
        kernel[row * q + column] *= factor
        columnSums[column] += kernel[row * q + column]
      }
    }
    let factors = (0..<q).map { min(1, targetMasses[$0] / columnSums[$0].value) }
    var keptColumns = [CompensatedSum](repeating: CompensatedSum(), count: q)
    for row in 0..<p {
      var kept = CompensatedSum()
      for column in 0..<q where kernel[row * q + column] > 0 {
        kernel[row * q + column] *= factors[column]
        kept += kernel[row * q + column]
        keptColumns[column] += kernel[row * q + column]
      }
      rowMissing[row] = max(0, sourceMasses[row] - kept.value)
    }
    for column in 0..<q { columnMissing[column] -= keptColumns[column].value }
    fill(rowMissing, columnMissing)
  }

  private func fill(_ rowMissing: [Double], _ columnMissing: [Double]) {
    var (rowMissing, columnMissing) = (rowMissing, columnMissing)
    var (row, column) = (0, 0)
    while row < rowMissing.count, column < columnMissing.count {
      let amount = max(0, min(rowMissing[row], columnMissing[column]))
      kernel[row * arcs.columnCount + column] += amount
      rowMissing[row] -= amount
      columnMissing[column] -= amount
      if rowMissing[row] <= columnMissing[column] { row += 1 } else { column += 1 }
    }
  }
}
