import ChiasmFiles
import Testing

@Suite("Reference: SHA-256 as of FIPS 180-4 and sha256sum")
struct FileDigestReference {
  static let vectors: [(text: String, repeats: Int, digest: String)] = [
    ("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    ("a", 1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
  ]

  @Test("Known vectors, longer than one read too", arguments: vectors)
  func vector(text: String, repeats: Int, digest: String) throws {
    try withTemporaryPath("x") { path in
      try AtomicFile.write(Array(String(repeating: text, count: repeats).utf8), to: path)
      #expect(try FileDigest.sha256(path: path) == digest)
    }
  }

  @Test("A digest that is no longer wanted stops reading")
  func unwanted() throws {
    try withTemporaryPath("x") { path in
      try AtomicFile.write([UInt8](repeating: 0, count: 1 << 20), to: path)
      var questions = 0
      expectError(path, "given up") {
        _ = try FileDigest.sha256(path: path) {
          questions += 1
          return questions < 3
        }
      }
      #expect(questions == 3)
    }
  }

  @Test("A path that is no file says so")
  func paths() {
    #expect(throws: ArrayFileError.missing(path: "/no/x")) {
      _ = try FileDigest.sha256(path: "/no/x")
    }
    expectError("/tmp", "folder") { _ = try FileDigest.sha256(path: "/tmp") }
  }
}
