public import ChiasmFiles
internal import ChiasmLinearAlgebra

/// How a result was made: program, command, settings, inputs.
///
/// It holds no time, and of the machine only the code for products, on which the last digits of numbers
/// depend, so that equal inputs and settings give equal files.
public struct Provenance: Codable, Equatable, Sendable {
  /// A file that was read.
  public struct Input: Codable, Equatable, Sendable {
    /// The path, as `RecordedPaths` has it.
    public let path: String
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    public let sha256: String
  }

  /// The program.
  public let software: String
  /// Its version.
  public let version: String
  /// The library for products of matrices, its version and the kind of its code, `ProductKernel.name`;
  /// nil where a result was made without saying so.
  public let linear_algebra: String?
  /// The command line.
  public let command: String
  /// The seed of everything that was drawn at random; null where nothing was.
  public let seed: UInt64?
  /// Every file that was read, in the order of the command.
  public let inputs: [Input]
  /// What the program wanted the user to know.
  public let notes: [String]

  /// Reads every input once more to take its digest, as long as it `isWanted`.
  ///
  /// - Parameter paths: how inputs, and the paths from the root in `notes`, are written.
  public init(
    command: String, seed: UInt64? = nil, inputs: [String], notes: [String] = [],
    paths: RecordedPaths = .asGiven, isWanted: () -> Bool = { true }
  ) throws(ArrayFileError) {
    software = Software.name
    version = Software.version
    linear_algebra = ProductKernel.name
    self.command = command
    self.seed = seed
    self.notes = notes.map { paths.note($0, naming: inputs) }
    var digests: [Input] = []
    var taken: Set<String> = []
    for path in inputs where taken.insert(path).inserted {
      digests.append(
        Input(path: paths(path), sha256: try FileDigest.sha256(path: path, isWanted: isWanted)))
    }
    self.inputs = digests
  }
}
