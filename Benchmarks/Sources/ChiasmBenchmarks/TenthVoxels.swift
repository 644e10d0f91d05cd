import Chiasm
import Foundation

/// Every tenth voxel of betas in HDF5, trials × k × j × i, read once.
struct TenthVoxels: Encodable {
  /// What reading took, from opening the file on.
  let seconds: Double
  /// The means of the voxels over the trials, by a name.
  let means: [String: [Double]]

  /// Reads the dataset `betas` of a file.
  init(path: String, threads: Int) throws {
    var sums: [Double] = []
    var trialCount = 0
    let duration = try ContinuousClock().measure {
      let file = try HDF5File(path: path)
      let shape = try file.storedShape(of: "betas")
      let columns = Array(stride(from: 0, to: shape.dropFirst().reduce(1, *), by: 10))
      trialCount = shape[0]
      sums = [Double](repeating: 0, count: columns.count)
      try file.forEachRow(
        0..<trialCount, of: "betas", columns: columns, rowsLast: false, threads: threads
      ) { row in
        for (column, value) in row.enumerated() { sums[column] += value }
      }
    }
    seconds = duration / .seconds(1)
    means = ["every_tenth": sums.map { $0 / Double(trialCount) }]
  }
}
