import ChiasmFiles
import Foundation
import TestSupport
import Testing

/// A file of reference values beside the tests.
func reference(_ name: String) -> String {
  URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Reference/\(name)").path
}

/// Expects an error whose description holds all of `words`.
func expectError(
  _ words: String..., sourceLocation: SourceLocation = #_sourceLocation,
  from body: () throws -> Void
) {
  let error = #expect(throws: ArrayFileError.self, sourceLocation: sourceLocation) { try body() }
  for word in words {
    #expect(
      error?.description.contains(word) ?? false, "'\(word)' is not in \(error?.description ?? "")",
      sourceLocation: sourceLocation)
  }
}

/// Calls `body` with a path in a folder of its own.
func withTemporaryPath(_ name: String, _ body: (String) throws -> Void) throws {
  try withTemporaryFolder { try body($0.appending(path: name).path) }
}
