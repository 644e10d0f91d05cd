import ChiasmFiles
import Foundation
import TestSupport
import Testing

/// A file of reference values beside the tests.
func reference(_ name: String) -> String {
  URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Reference/\(name)").path
}

/// Expects an error whose description holds all of `words`, and returns it.
@discardableResult
func expectError(
  _ words: String..., sourceLocation: SourceLocation = #_sourceLocation,
  from body: () throws -> Void
) -> ArrayFileError? {
  let error = #expect(throws: ArrayFileError.self, sourceLocation: sourceLocation) { try body() }
  for word in words {
    #expect(
      error?.description.contains(word) ?? false, "'\(word)' is not in it",
      sourceLocation: sourceLocation)
  }
  return error
}

/// The bytes of a file of reference values.
func bytes(_ name: String) throws -> [UInt8] {
  Array(try Data(contentsOf: URL(filePath: reference(name))))
}

/// Calls `body` with a path in a folder of its own.
func withTemporaryPath(_ name: String, _ body: (String) throws -> Void) throws {
  try withTemporaryFolder { try body($0.appending(path: name).path) }
}
