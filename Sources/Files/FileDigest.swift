internal import ChiasmCCrypto

/// Fingerprints of files, for provenance.
public enum FileDigest {
  /// The SHA-256 of a file's bytes as 64 lower-case hexadecimal digits.
  ///
  /// The file is streamed; memory does not grow with it. Reference: FIPS 180-4.
  ///
  /// - Parameter isWanted: asked every 256 KiB; the reading ends when it says no.
  /// - Throws: `missing`, `unreadable` (also when the digest is no longer wanted).
  public static func sha256(
    path: String, isWanted: () -> Bool = { true }
  ) throws(ArrayFileError) -> String {
    let file = try ReadingFile(path: path)
    let context = EVP_MD_CTX_new()
    defer { EVP_MD_CTX_free(context) }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
    defer { buffer.deallocate() }
    var isSound = EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1
    while isSound {
      guard isWanted() else { throw .unreadable(path: path, reason: "its digest was given up") }
      let count = try file.read(into: buffer)
      if count == 0 { break }
      isSound = EVP_DigestUpdate(context, buffer.baseAddress, count) == 1
    }
    var digest = [UInt8](repeating: 0, count: 32)
    guard isSound, EVP_DigestFinal_ex(context, &digest, nil) == 1 else {
      throw .unreadable(path: path, reason: "libcrypto refuses to compute SHA-256")
    }
    return digest.map { byte in
      let text = String(byte, radix: 16)
      return text.count == 1 ? "0" + text : text
    }.joined()
  }
}
