import ChiasmFiles
import Foundation
import ChiasmWorkflows

/// What `--force` may replace: a folder of results of one kind, and nothing else.
struct ReplaceableResult {
  /// A file that every folder of this kind has.
  let marker: String
  /// The folders that one of this kind may hold.
  let folders: Set<String>

  static let responses = ReplaceableResult(marker: "dropped_voxels.tsv", folders: [])
  static let alignment = ReplaceableResult(marker: "alignment.json", folders: ["maps", "plans"])
  static let comparison = ReplaceableResult(marker: "comparison.json", folders: [])
  static let report = ReplaceableResult(marker: "report.html", folders: ["figures"])
  /// The demo keeps its results in the simulated data.
  static let simulation = ReplaceableResult(
    marker: "truth.tsv", folders: ["recordings", "model", "brain", "alignment", "alignment-report"])

  /// Throws `cannotWrite` when a file, or a folder that holds other folders, stands at `path`.
  func check(_ path: String) throws(WorkflowError) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return }
    guard isFolder.boolValue else {
      throw .file(
        .cannotWrite(
          path: path, reason: "it is a file, and --force replaces only a folder of results"))
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    for name in names.sorted() where !folders.contains(name) {
      var isInner: ObjCBool = false
      let exists = FileManager.default.fileExists(
        atPath: path + "/" + name, isDirectory: &isInner)
      if exists && isInner.boolValue {
        throw .file(
          .cannotWrite(
            path: path, reason: "it holds the folder \(name), which --force would remove with it"))
      }
    }
  }

  /// Throws `cannotWrite` when an input is the output or lies in it.
  static func checkInputs(_ inputs: [String], against path: String) throws(WorkflowError) {
    guard let output = resolved(path) else { return }
    for input in inputs {
      guard let source = resolved(input) else { continue }
      if source == output || source.hasPrefix(output + "/") {
        throw .file(
          .cannotWrite(path: path, reason: "the input \(input) is there; choose another place"))
      }
    }
  }

  /// The path without symbolic links; nil when there is nothing.
  private static func resolved(_ path: String) -> String? {
    FileManager.default.fileExists(atPath: path)
      ? URL(filePath: path).resolvingSymlinksInPath().standardizedFileURL.path : nil
  }
}
