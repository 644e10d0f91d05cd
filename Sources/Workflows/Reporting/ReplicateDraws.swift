internal import ChiasmAlignment
internal import ChiasmFiles
internal import Foundation

/// The draws of `replicates.npz`: for each kind, the values of every statistic.
struct ReplicateDraws: Sendable {
  private var values: [String: [String: [Double]]] = [:]

  /// Reads what is there; an alignment without draws has no file.
  ///
  /// - Throws: `malformed` for an archive whose arrays do not belong together.
  init(path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else { return }
    let archive = try NumpyArchive(path: path)
    for kind in NullTest.Null.allCases.map(Self.arrayName) where archive.contains(kind) {
      let array = try archive.array(kind)
      let names = try archive.array(kind + "_columns").strings(name: archive.location(of: kind))
      guard array.shape.count == 2, array.shape[1] == names.count else {
        throw ArrayFileError.malformed(
          path: archive.location(of: kind),
          problem: "has shape \(array.shape), but its columns have \(names.count) names")
      }
      let numbers = try array.doubles(name: archive.location(of: kind))
      for (column, name) in names.enumerated() {
        values[kind, default: [:]][name] =
          (0..<array.shape[0]).map { numbers[$0 * names.count + column] }
      }
    }
  }

  /// The draws of a statistic of the whole alignment that are numbers.
  func draws(_ null: NullTest.Null, _ statistic: String) -> [Double] {
    (values[Self.arrayName(null)]?[statistic] ?? []).filter(\.isFinite)
  }

  private static func arrayName(_ null: NullTest.Null) -> String {
    null.rawValue.replacing("-", with: "_")
  }
}
