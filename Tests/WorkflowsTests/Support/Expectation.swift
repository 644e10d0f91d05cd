import Foundation
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

/// Expects a workflow to fail with a sentence that holds all of `words`, and returns the error.
@discardableResult
func expectFailure(
  _ words: String..., sourceLocation: SourceLocation = #_sourceLocation,
  from body: () throws -> Void
) -> WorkflowError? {
  let error = #expect(throws: WorkflowError.self, sourceLocation: sourceLocation) { try body() }
  let sentence = error?.description ?? ""
  for word in words {
    #expect(sentence.contains(word), "'\(word)' is not in it", sourceLocation: sourceLocation)
  }
  #expect(sentence.hasSuffix("."), "no sentence", sourceLocation: sourceLocation)
  #expect(!sentence.contains("\n"), "several lines", sourceLocation: sourceLocation)
  return error
}

extension RecordingFolder {
  /// Expects a matrix in a file to hold some numbers, to the rounding of float32.
  func expect(
    _ file: String, holds expected: [[Double]], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let values = try matrix(file)
    #expect(
      values.map(\.count) == expected.map(\.count), "shape of \(file)",
      sourceLocation: sourceLocation)
    let worst =
      zip(values.joined(), expected.joined())
      .map { abs(Double($0) - $1) / max(1e-3, abs($1)) }.max() ?? 0
    #expect(worst <= 2e-7, "largest relative error in \(file)", sourceLocation: sourceLocation)
  }
}
