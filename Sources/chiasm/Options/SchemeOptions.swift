import ArgumentParser
import Foundation

/// Where the folder of region schemes is.
struct SchemeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The folder of region schemes. (default: CHIASM_ATLASES, or the one that came with the program)",
      valueName: "dir"))
  var atlases: String?

  /// The folder asked for, that of the environment, or `atlases` beside or above the program.
  var folder: String {
    atlases ?? ProcessInfo.processInfo.environment["CHIASM_ATLASES"] ?? Self.installed ?? "atlases"
  }

  private static var installed: String? {
    let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    var folder = program.deletingLastPathComponent()
    while folder.path != "/" {
      for candidate in ["atlases", "share/chiasm/atlases"] {
        let path = folder.appending(path: candidate).path
        if FileManager.default.fileExists(atPath: path) { return path }
      }
      folder.deleteLastPathComponent()
    }
    return nil
  }
}
