import Foundation
import TestSupport

/// A file of values that a script beside it wrote.
enum ReferenceFile {
  static func read<Content: Decodable>(_ name: String, as type: Content.Type) throws -> Content {
    let url = SharedData.packageRoot.appending(path: "Tests/ReportingTests/Reference/\(name)")
    return try JSONDecoder().decode(type, from: Data(contentsOf: url))
  }
}
