import Chiasm
import Foundation

/// Times the steps of one pair of stages, on one thread and in one process: what a whole run is
/// made of. The arguments are sizes, such as 1000x1000 2000x4096; or a file of betas and a number of
/// threads, which makes it read every tenth voxel once and print JSON.
@main
struct ChiasmBenchmarks {
  static func main() throws {
    setProductThreadCount(1)
    let words = CommandLine.arguments.dropFirst()
    if words.count == 2, let path = words.first, path.hasSuffix(".hdf5"),
      let threads = words.last.flatMap({ Int($0) })
    {
      let read = try TenthVoxels(path: path, threads: threads)
      print(String(decoding: try JSONEncoder().encode(read), as: UTF8.self))
      return
    }
    print("| case | step | median ms | least–greatest | rate |")
    print("| --- | --- | ---: | ---: | ---: |")
    for size in words.isEmpty ? ["1000x1000", "1003x1011"] : Array(words) {
      let counts = size.split(separator: "x").compactMap { Int($0) }
      guard counts.count == 2, counts.allSatisfy({ $0 > 0 }) else {
        FileHandle.standardError.write(Data("\(size) is no size; write one as 1000x2000.\n".utf8))
        exit(64)
      }
      try time(StagePair(sourceCount: counts[0], targetCount: counts[1]), size: size)
    }
  }

  /// A row for each step.
  private static func time(_ pair: StagePair, size: String) throws {
    let (p, q, n) = (Double(pair.source.columnCount), Double(pair.target.columnCount), 1000.0)
    let rows = Array(0..<Int(n))
    let fit = { (matrix: Matrix<Float>) in
      Standardization(fitting: matrix, rows: rows).standardized(matrix, rows: rows)
    }
    let row = { (step: String, timing: Timing, rate: String) in
      print("| \(size) | \(step) | \(timing.median) | \(timing.extremes) | \(rate) |")
    }
    let scoring = Timing { _ = fit(pair.source) }
    row("z-score of the source", scoring, scoring.rate(of: 4 * n * p, unit: "GB/s"))
    let (x, y) = (fit(pair.source).doubled, fit(pair.target).doubled)
    let product = Timing { _ = x.product(transposing: y) }
    row("product", product, product.rate(of: 2 * n * p * q, unit: "GFLOP/s"))
    let values = x.product(transposing: y).costs(stimulusCount: n)
    let posing = try Timing { _ = try TransportProblem(cost: CostMatrix(values)) }
    row("checking the costs", posing, posing.rate(of: 8 * p * q, unit: "GB/s"))
    let problem = try TransportProblem(cost: CostMatrix(values))
    let solver = HierarchicalTransport().innerSolver
    let solving = Timing { _ = solver.solve(problem) }
    row("solving, with certificate", solving, "")
    let solution = solver.solve(problem)
    let proving = Timing {
      _ = TransportCertificate(
        problem: problem, plan: solution.plan, sourcePotentials: solution.sourcePotentials,
        targetPotentials: solution.targetPotentials)
    }
    row("certificate alone", proving, proving.rate(of: 8 * p * q, unit: "GB/s"))
  }
}

extension Matrix<Float> {
  /// The same values in double precision.
  var doubled: Matrix<Double> {
    Matrix<Double>(
      rowCount: rowCount, columnCount: columnCount, elements: elements.map(Double.init))
  }
}

extension Matrix<Double> {
  /// 1 − the mean product, for a matrix of sums of products of z-scores.
  func costs(stimulusCount: Double) -> Matrix<Double> {
    Matrix(
      rowCount: rowCount, columnCount: columnCount,
      elements: elements.map { min(max(1 - $0 / stimulusCount, 0), 2) })
  }
}
