/// A piece of data that a program left in a NIfTI file between header and voxels.
public struct NIfTIExtension: Equatable, Sendable {
  /// Who wrote it, by NIfTI's list: 4 is AFNI, 6 a comment, 32 CIFTI …
  public let code: Int
  /// What it says. Files pad it with zeros to 8 bytes less than a multiple of 16.
  public let bytes: [UInt8]

  /// Takes a code that fits in 32 bits, and bytes.
  public init(code: Int, bytes: [UInt8]) {
    precondition(Int32(exactly: code) != nil, "The code of an extension has 32 bits.")
    self.code = code
    self.bytes = bytes
  }
}
