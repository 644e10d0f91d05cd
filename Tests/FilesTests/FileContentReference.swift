import Foundation
import TestSupport
import Testing

@testable import ChiasmFiles

@Suite("What a file is by its first bytes")
struct FileContentReference {
  /// The first bytes of files, a character each.
  static let beginnings: [(String, FileContent)] = [
    ("\u{93}NUMPY", .numpyArray), ("PK\u{3}\u{4}", .zip), ("MATLAB 5.0 MAT-file", .matlab),
    ("\u{89}HDF\r\n\u{1A}\n", .hdf5), ("CDF\u{1}", .netCDF), ("CDF\u{2}", .netCDF),
    ("\u{80}\u{4}\u{95}", .pickle), ("@\0\0\0\0\0\0\0{\"a\":{}}", .safetensors),
    ("\u{1F}\u{8B}\u{8}", .gzip), ("\\\u{1}\0\0", .nifti), ("\0\0\u{2}\u{1C}", .nifti),
    ("\0\0\0\u{1}\0\0\0\u{4}", .freeSurferVolume), ("\u{89}PNG", .picture),
    ("\u{FF}\u{D8}\u{FF}\u{E0}", .picture), ("%PDF-1.7", .pdf), ("\n {\"a\": 1}", .json),
    ("<?xml?><GIFTI>", .gifti), ("<html>", .markup), ("a\tb\r1\t2\r", .text),
    ("Gr\u{F6}\u{DF}e\n", .text), ("", .empty), ("\u{1}\0\u{2}", .unknown),
    ("\u{FF}\u{FE}a\0", .unknown),
  ]

  @Test("Kinds are told by what programs write", arguments: beginnings)
  func kinds(beginning: String, kind: FileContent) {
    let bytes = beginning.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    #expect(FileContent(bytes) == kind)
  }

  @Test("What gzip packs is told by the name, and MATLAB 7.3 by either mark")
  func byName() {
    #expect(FileContent([0x1F, 0x8B], name: "A.NII.GZ") == .nifti)
    #expect(FileContent([0x1F, 0x8B], name: "T1.mgz") == .freeSurferVolume)
    let block = [UInt8](repeating: 0x20, count: 512)
    #expect(FileContent(block + [0x89] + Array("HDF\r\n\u{1A}\n".utf8)) == .hdf5)
  }

  @Test("A git-lfs or git-annex pointer, as text or as a link, is named with what gets the content")
  func pointers() throws {
    try withTemporaryFolder { folder in
      func path(_ name: String) -> String { folder.appending(path: name).path }
      let lfs = "version https://git-lfs.github.com/spec/v1\noid sha256:ab\nsize 12\n"
      for name in ["a.npy", "a.npz", "a.tsv"] {
        try Data(lfs.utf8).write(to: folder.appending(path: name))
      }
      let read: [(String, () throws -> Void)] = [
        ("a.npy", { _ = try NumpyArray(path: path("a.npy")) }),
        ("a.npz", { _ = try NumpyArchive(path: path("a.npz")) }),
        ("a.tsv", { _ = try Table(path: path("a.tsv")) }),
      ]
      for (name, read) in read { expectError(name, "git lfs pull", from: read) }
      try Data("/annex/objects/MD5E-s1--a.npy\n".utf8).write(to: folder.appending(path: "a.npy"))
      expectError("a.npy", "datalad get a.npy", "git annex get") {
        _ = try NumpyArray(path: path("a.npy"))
      }
      for (name, target) in [
        ("b.npy", ".git/annex/objects/Xx/Yy/MD5E-s1--a.npy"), ("c.npy", "nowhere"),
      ] {
        try FileManager.default.createSymbolicLink(
          atPath: path(name), withDestinationPath: target)
      }
      expectError("b.npy", "datalad get b.npy") { _ = try NumpyArray(path: path("b.npy")) }
      expectError("c.npy", "symbolic link to nowhere") {
        _ = try FolderTree.isFolder(path("c.npy"))
      }
    }
  }
}
