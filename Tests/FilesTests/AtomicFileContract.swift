import ChiasmFiles
import Foundation
import TestSupport
import Testing

@Suite("Contract: files that appear whole or not at all")
struct AtomicFileContract {
  private let bytes = Array("content".utf8)

  /// Calls `body` with an empty folder's path, ending in a slash.
  private func inFolder(_ body: (String) throws -> Void) throws {
    try withTemporaryFolder { try body($0.path + "/") }
  }

  private func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  private func content(_ path: String) throws -> String { try TextFile.read(path) }

  @Test("Nothing has the name before commit, and nothing else is left after it")
  func commit() throws {
    try inFolder { folder in
      let file = try AtomicFile(path: folder + "a.b")
      try file.write(bytes)
      let before = try names(folder)
      #expect(before.count == 1 && before[0].hasPrefix(".a.b."))
      try file.commit()
      #expect(try names(folder) == ["a.b"])
      #expect(try content(folder + "a.b") == "content")
    }
  }

  @Test("A file that is dropped leaves nothing")
  func drop() throws {
    try inFolder { folder in
      do {
        let file = try AtomicFile(path: folder + "a")
        try file.write(bytes)
      }
      #expect(try names(folder).isEmpty)
    }
  }

  @Test("A file is replaced only when that is asked for")
  func replacing() throws {
    try inFolder { folder in
      try TextFile.write("old", to: folder + "a")
      #expect(throws: ArrayFileError.exists(path: folder + "a")) {
        try AtomicFile.write(bytes, to: folder + "a")
      }
      #expect(try content(folder + "a") == "old")
      try AtomicFile.write(bytes, to: folder + "a", replacing: true)
      #expect(try content(folder + "a") == "content")
      #expect(try names(folder) == ["a"])
    }
  }

  @Test("A name that was taken in the meantime is not overwritten")
  func race() throws {
    try inFolder { folder in
      let file = try AtomicFile(path: folder + "a")
      try TextFile.write("other", to: folder + "a")
      let expected = ArrayFileError.exists(path: folder + "a")
      do throws(ArrayFileError) {
        try file.commit()
        Issue.record("it was overwritten")
      } catch {
        #expect(error == expected)
      }
      #expect(try content(folder + "a") == "other")
      #expect(try names(folder) == ["a"])
    }
  }

  @Test("What a killed run left does not stand in the way")
  func stale() throws {
    try inFolder { folder in
      try Data().write(to: URL(filePath: folder + ".a.\(getpid()).partial"))
      try AtomicFile.write(bytes, to: folder + "a")
      #expect(try content(folder + "a") == "content")
    }
  }

  @Test("A symbolic link keeps its place, one that leads nowhere is refused")
  func links() throws {
    try inFolder { folder in
      try TextFile.write("old", to: folder + "target")
      #expect(symlink("target", folder + "link") == 0)
      #expect(symlink("nowhere", folder + "loose") == 0)
      expectError("exists already") { try AtomicFile.write(bytes, to: folder + "link") }
      try AtomicFile.write(bytes, to: folder + "link", replacing: true)
      #expect(try content(folder + "target") == "content")
      expectError("leads nowhere") { try AtomicFile.write(bytes, to: folder + "loose") }
      #expect(try names(folder) == ["link", "loose", "target"])
    }
  }

  @Test("A folder, a folder that is missing and one that is a file are refused")
  func places() throws {
    try inFolder { folder in
      expectError("exists already") { try AtomicFile.write(bytes, to: folder) }
      expectError("is a folder") { try AtomicFile.write(bytes, to: folder, replacing: true) }
      expectError("x/y", "No such file") { try AtomicFile.write(bytes, to: folder + "x/y") }
      try TextFile.write("", to: folder + "x")
      expectError("x/y", "Not a directory") { try AtomicFile.write(bytes, to: folder + "x/y") }
      expectError("empty") { try AtomicFile.write(bytes, to: "") }
      expectError("zero byte") { try AtomicFile.write(bytes, to: folder + "a\0b") }
    }
  }

  @Test("Long names and names that begin with a combining character are written")
  func awkwardNames() throws {
    try inFolder { folder in
      for name in [String(repeating: "脳", count: 84), "\u{301}x", "-", " "] {
        try AtomicFile.write(bytes, to: folder + name)
        #expect(try content(folder + name) == "content")
      }
      #expect(try names(folder).count == 4)
    }
  }

  @Test("A full disk is an error, and the device stays a device")
  func fullDisk() throws {
    expectError("/dev/full", "No space left") {
      try AtomicFile.write(bytes, to: "/dev/full", replacing: true)
    }
    try AtomicFile.write(bytes, to: "/dev/null")
    var status = stat()
    #expect(stat("/dev/full", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
    expectError("No space left") {
      try NumpyArray(shape: [1], elements: .float32([1])).write(to: "/dev/full")
    }
    expectError("No space left") {
      try NumpyArchive.write([("a", NumpyArray(shape: [1], elements: .int8([1])))], to: "/dev/full")
    }
    expectError("No space left") {
      try Table(columns: ["a"], rows: []).write(to: "/dev/full")
    }
  }

  @Test("What is open already is written on, through whatever name")
  func openedAlready() throws {
    try inFolder { folder in
      let descriptor = open(folder + "open", O_WRONLY | O_CREAT, 0o666)
      defer { close(descriptor) }
      #expect(Foundation.write(descriptor, "before ", 7) == 7)
      #expect(symlink("/dev/fd/\(descriptor)", folder + "link") == 0)
      for path in ["/dev/fd/\(descriptor)", "/proc/self/fd/\(descriptor)", folder + "link"] {
        #expect(AtomicFile.isStream(path))
        try AtomicFile.write(bytes, to: path)
        try AtomicFile.write([32], to: path, replacing: true)
      }
      #expect(try content(folder + "open") == "before content content content ")
      #expect(try names(folder) == ["link", "open"])
      expectError("cannot be written") { try AtomicFile.write(bytes, to: "/dev/fd/999") }
    }
  }

  @Test("A pipe with a name is written to and stays")
  func pipe() throws {
    try inFolder { folder in
      #expect(mkfifo(folder + "pipe", 0o600) == 0)
      let descriptor = open(folder + "pipe", O_RDWR)
      defer { close(descriptor) }
      try AtomicFile.write(bytes, to: folder + "pipe")
      var got = [UInt8](repeating: 0, count: 100)
      #expect(read(descriptor, &got, 100) == bytes.count && got.starts(with: bytes))
      #expect(try names(folder) == ["pipe"])
    }
  }

  @Test("A read-only folder is an error", .enabled(if: geteuid() != 0, "root may write anywhere"))
  func readOnly() throws {
    try inFolder { folder in
      #expect(chmod(folder, 0o555) == 0)
      defer { chmod(folder, 0o755) }
      expectError("Permission denied") { try AtomicFile.write(bytes, to: folder + "a") }
      expectError("Permission denied") { _ = try OutputFolder(path: folder + "a") }
    }
  }
}

@Suite("Contract: text files")
struct TextFileContract {
  @Test("Text comes back; the byte order mark does not")
  func text() throws {
    try withTemporaryPath("t") { path in
      try TextFile.write("\u{FEFF}naïve\r\n脳", to: path)
      #expect(try TextFile.read(path) == "naïve\r\n脳")
      try AtomicFile.write([], to: path, replacing: true)
      #expect(try TextFile.read(path) == "")
    }
  }

  @Test("A missing file, a folder and other bytes than UTF-8 are told apart")
  func errors() throws {
    #expect(throws: ArrayFileError.missing(path: "/no/t")) { _ = try TextFile.read("/no/t") }
    guard case .unreadable = expectError("folder", from: { _ = try TextFile.read("/tmp") }) else {
      Issue.record("a folder is not unreadable")
      return
    }
    try withTemporaryPath("t") { path in
      try AtomicFile.write([0xFF, 0xFE, 0x61, 0], to: path)
      expectError("UTF-8") { _ = try TextFile.read(path) }
    }
  }

  @Test("A file that is too large, missing or a folder is told in a sentence of its own")
  func refusals() throws {
    try withTemporaryPath("text") { path in
      try TextFile.write(String(repeating: "x", count: (1 << 20) + 1), to: path)
      expectError(path, "larger than 1 MiB") { _ = try TextFile.read(path, atMost: 1 << 20) }
      #expect(try TextFile.read(path, atMost: (1 << 20) + 1).utf8.count == (1 << 20) + 1)
      for missing in [path + "s", path + "/inside"] {
        #expect(throws: ArrayFileError.missing(path: missing)) { try TextFile.read(missing) }
        #expect(throws: ArrayFileError.missing(path: missing)) {
          try FolderTree.listing(of: missing)
        }
      }
      #expect(throws: ArrayFileError.missing(path: path)) { try FolderTree.listing(of: path) }
    }
  }

  @Test("The beginning of a file is as long as was asked for, or as the file is")
  func beginnings() throws {
    try withTemporaryPath("text") { path in
      try TextFile.write("abc", to: path)
      #expect(try TextFile.beginning(of: path, count: 2) == Array("ab".utf8))
      #expect(try TextFile.beginning(of: path, count: 4096) == Array("abc".utf8))
    }
  }
}
