public import Foundation

/// The folder of real data that stands beside a checkout; tests that need it are skipped without it.
public enum SharedData {
  /// The root of this checkout.
  public static let packageRoot = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// `../shared/data`, seen from the root of the checkout.
  public static let folder =
    packageRoot.deletingLastPathComponent().appending(path: "shared/data")

  /// Whether a file or folder of the shared data is there.
  public static func has(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appending(path: path).path)
  }

  /// The path of a file or folder of the shared data.
  public static func path(_ path: String) -> String {
    folder.appending(path: path).path
  }
}
