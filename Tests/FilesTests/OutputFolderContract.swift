import ChiasmFiles
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("Contract: folders that appear whole or not at all")
struct OutputFolderContract {
  /// Calls `body` with an empty folder's path, ending in a slash.
  private func inFolder(_ body: (String) throws -> Void) throws {
    try withTemporaryFolder { try body($0.path + "/") }
  }

  private func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  /// Makes a folder with one file in it.
  private func make(_ folder: String, holding file: String = "old") throws {
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    try TextFile.write(file, to: "\(folder)/\(file)")
  }

  /// The number of a process that has ended.
  private func endedProcess() throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "exit 0"]
    try process.run()
    process.waitUntilExit()
    return process.processIdentifier
  }

  @Test("Nothing has the name before commit, and everything has it after")
  func commit() throws {
    try inFolder { folder in
      let output = try OutputFolder(path: folder + "a.b")
      try TextFile.write("1", to: output.path(for: "x.csv"))
      try TextFile.write("2", to: output.path(for: "maps/deep/y.nii"))
      #expect(try names(folder) == [".a.b.\(getpid()).partial"])
      try output.commit()
      output.discard()
      #expect(try names(folder) == ["a.b"])
      #expect(try TextFile.read(folder + "a.b/x.csv") == "1")
      #expect(try TextFile.read(folder + "a.b/maps/deep/y.nii") == "2")
      expectError("finished already") { try output.commit() }
      expectError("finished already") { _ = try output.path(for: "z") }
    }
  }

  @Test("A folder that is released or discarded leaves nothing, nor the folders made above it")
  func drop() throws {
    try inFolder { folder in
      do {
        let output = try OutputFolder(path: folder + "new/newer/a")
        try TextFile.write("1", to: output.path(for: "b/c/d"))
      }
      #expect(try names(folder).isEmpty)
      let output = try OutputFolder(path: folder + "new/a")
      try TextFile.write("1", to: output.path(for: "b"))
      output.discard()
      output.discard()
      #expect(try names(folder).isEmpty)
      expectError("broken off") { _ = try output.path(for: "c") }
      expectError("broken off") { try output.commit() }
      #expect(try names(folder).isEmpty)
    }
  }

  @Test("Threads that still write cannot keep a discarded folder alive")
  func discardWhileWriting() throws {
    try inFolder { folder in
      let output = try OutputFolder(path: folder + "a")
      let writers = DispatchGroup()
      for writer in 0..<4 {
        DispatchQueue.global().async(group: writers) {
          for number in 0..<100_000 {
            let name = "\(writer)/\(number % 7)/\(number)"
            guard let path = try? output.path(for: name),
              (try? AtomicFile.write([1], to: path)) != nil
            else { return }
          }
        }
      }
      while try names(folder + ".a.\(getpid()).partial").isEmpty { sched_yield() }
      output.discard()
      #expect(try names(folder).isEmpty)
      writers.wait()
      #expect(try names(folder).isEmpty)
    }
  }

  @Test("What exists is refused at once, whatever it is and however it is spelled")
  func exists() throws {
    try inFolder { folder in
      try make(folder + "a")
      try TextFile.write("", to: folder + "file")
      #expect(symlink("a", folder + "link") == 0)
      for name in ["a", "a/", "a//", "file", "link", "link/", "a/.", "."] {
        #expect(throws: ArrayFileError.exists(path: folder + name)) {
          _ = try OutputFolder(path: folder + name)
        }
      }
      #expect(try names(folder) == ["a", "file", "link"])
    }
  }

  @Test("A folder, a file and a link's folder are replaced at commit and not before")
  func replacing() throws {
    try inFolder { folder in
      try make(folder + "a")
      try make(folder + "target")
      try TextFile.write("old", to: folder + "file")
      #expect(symlink("target", folder + "link") == 0)
      for name in ["a/", "file", "link"] {
        let output = try OutputFolder(path: folder + name, replacing: true)
        try TextFile.write("new", to: output.path(for: "new"))
        #expect(FileManager.default.fileExists(atPath: folder + "a/old") == (name == "a/"))
        try output.commit()
        #expect(try names(folder + name) == ["new"])
      }
      #expect(try names(folder) == ["a", "file", "link", "target"])
      #expect(try names(folder + "target") == ["new"])
      do {
        let output = try OutputFolder(path: folder + "a", replacing: true)
        _ = try output.path(for: "newer")
      }
      #expect(try names(folder + "a") == ["new"])
    }
  }

  @Test("Only a folder that bears a mark, or an empty one, is replaced when marks are given")
  func markers() throws {
    try inFolder { folder in
      try make(folder + "mine", holding: "thesis.tex")
      try make(folder + "result", holding: "provenance.json")
      try FileManager.default.createDirectory(
        atPath: folder + "empty", withIntermediateDirectories: false)
      let markers = ["provenance.json", "alignment.json"]
      expectError("mine", "provenance.json or alignment.json") {
        _ = try OutputFolder(path: folder + "mine", replacing: true, markers: markers)
      }
      for name in ["result", "empty"] {
        try OutputFolder(path: folder + name, replacing: true, markers: markers).commit()
        #expect(try names(folder + name).isEmpty)
      }
      #expect(try names(folder) == ["empty", "mine", "result"])
    }
  }

  @Test("The current folder, those above it and the home folder are not replaced")
  func precious() {
    for path in [".", "..", "/", NSHomeDirectory()] {
      guard
        case .cannotWrite = expectError(from: {
          _ = try OutputFolder(path: path, replacing: true)
        })
      else {
        Issue.record("\(path) would be replaced")
        continue
      }
    }
  }

  @Test("A destination that was taken in the meantime is kept")
  func race() throws {
    try inFolder { folder in
      let output = try OutputFolder(path: folder + "a")
      try make(folder + "a")
      #expect(throws: ArrayFileError.exists(path: folder + "a")) { try output.commit() }
      output.discard()
      #expect(try names(folder) == ["a"])
      #expect(try names(folder + "a") == ["old"])
    }
  }

  @Test("Places that cannot be are one clear error")
  func places() throws {
    try inFolder { folder in
      try TextFile.write("", to: folder + "file")
      #expect(symlink("nowhere", folder + "loose") == 0)
      expectError("file/a", "Not a directory") { _ = try OutputFolder(path: folder + "file/a") }
      expectError("file/a/b", "Not a directory") {
        _ = try OutputFolder(path: folder + "file/a/b")
      }
      expectError("leads nowhere") { _ = try OutputFolder(path: folder + "loose") }
      expectError("cannot be written") { _ = try OutputFolder(path: folder + "loose/a") }
      expectError("empty") { _ = try OutputFolder(path: "") }
      expectError("neither a folder nor a file") {
        _ = try OutputFolder(path: "/dev/null", replacing: true)
      }
      let long = folder + "new/" + String(repeating: "x", count: 300) + "/a"
      expectError("File name too long") { _ = try OutputFolder(path: long) }
      #expect(try names(folder) == ["file", "loose"])
    }
  }

  @Test("Paths that lead out of the folder are refused")
  func escapes() throws {
    try inFolder { folder in
      let output = try OutputFolder(path: folder + "a")
      for name in ["", "/etc/x", "../x", "b/../../x", "b//c", "./b", "b/", "b/..", "b\0c"] {
        expectError("no path inside") { _ = try output.path(for: name) }
      }
      try TextFile.write("", to: output.path(for: "file"))
      expectError("Not a directory") { try TextFile.write("", to: output.path(for: "file/x")) }
      try TextFile.write("", to: output.path(for: "..b/naïve 脳…"))
      try output.commit()
      #expect(try names(folder + "a/..b") == ["naïve 脳…"])
    }
  }

  @Test("What ended runs left is removed, what others left stays")
  func stale() throws {
    try inFolder { folder in
      let ended = try endedProcess()
      for name in [
        ".a.\(ended).partial", ".a.\(ended)-discarded.partial", ".a.\(getpid()).partial",
        ".a.1.partial", ".a.b.\(ended).partial", ".a.x.partial", ".a.partial", "a.\(ended).partial",
      ] {
        try make(folder + name)
      }
      let output = try OutputFolder(path: folder + "a")
      #expect(
        try names(folder)
          == [
            ".a.1.partial", ".a.\(getpid()).partial", ".a.b.\(ended).partial", ".a.partial",
            ".a.x.partial", "a.\(ended).partial",
          ].sorted())
      #expect(try names(folder + ".a.\(getpid()).partial").isEmpty)
      expectError("another run") { _ = try OutputFolder(path: folder + "a") }
      try output.commit()
    }
  }

  @Test("An old result that a killed run had moved aside comes back")
  func restored() throws {
    try inFolder { folder in
      let ended = try endedProcess()
      try make(folder + ".a.\(ended).replaced")
      #expect(throws: ArrayFileError.exists(path: folder + "a")) {
        _ = try OutputFolder(path: folder + "a")
      }
      #expect(try names(folder) == ["a"])
      try make(folder + ".a.\(ended).replaced")
      try OutputFolder(path: folder + "a", replacing: true).commit()
      #expect(try names(folder) == ["a"])
    }
  }

  @Test("While a folder is replaced again and again, its name always has a whole result")
  func exchanged() throws {
    try inFolder { folder in
      try make(folder + "a", holding: "x")
      let isOver = Mutex(false)
      let gaps = Mutex(0)
      let reader = DispatchGroup()
      DispatchQueue.global().async(group: reader) {
        var status = stat()
        while !isOver.withLock({ $0 }) {
          if stat(folder + "a", &status) != 0 { gaps.withLock { $0 += 1 } }
        }
      }
      for _ in 0..<300 {
        let output = try OutputFolder(path: folder + "a", replacing: true)
        try TextFile.write("new", to: output.path(for: "x"))
        #expect(try output.commit() == [])
      }
      isOver.withLock { $0 = true }
      reader.wait()
      #expect(gaps.withLock { $0 } == 0)
      #expect(try names(folder) == ["a"])
    }
  }

  @Test("A result that is one file appears whole, is replaced when asked, and is cleaned up after")
  func oneFile() throws {
    try inFolder { folder in
      let ended = try endedProcess()
      try make(folder + ".a.npz.\(ended).partial")
      try TextFile.write("", to: folder + ".a.npz.\(ended)-1.partial")
      let first = try OutputFolder(file: folder + "a.npz")
      let path = try first.filePath()
      try TextFile.write("1", to: path)
      #expect(try names(folder) == [".a.npz.\(getpid()).partial"])
      #expect(first.destination(of: path) == folder + "a.npz")
      #expect(try first.commit() == [])
      #expect(try names(folder) == ["a.npz"])
      #expect(throws: ArrayFileError.exists(path: folder + "a.npz")) {
        _ = try OutputFolder(file: folder + "a.npz")
      }
      for text in ["2", "3"] {
        let output = try OutputFolder(file: folder + "a.npz", replacing: true)
        try TextFile.write(text, to: output.filePath())
        #expect(try TextFile.read(folder + "a.npz") != text)
        if text == "2" { try output.commit() } else { output.discard() }
      }
      #expect(try TextFile.read(folder + "a.npz") == "2")
      expectError("is a folder") { _ = try OutputFolder(file: folder, replacing: true) }
      expectError("neither") { _ = try OutputFolder(file: "/dev/null", replacing: true) }
      let late = try OutputFolder(file: folder + "b")
      try TextFile.write("late", to: late.filePath())
      try TextFile.write("early", to: folder + "b")
      #expect(throws: ArrayFileError.exists(path: folder + "b")) { try late.commit() }
      late.discard()
      #expect(try names(folder) == ["a.npz", "b"])
      #expect(try TextFile.read(folder + "b") == "early")
    }
  }

  @Test(
    "A folder with a name that is not UTF-8 in it is not replaced as a result, but removed whole")
  func namesInBytes() throws {
    try inFolder { folder in
      try make(folder + "a", holding: "mark")
      let name = Array((folder + "a/caf").utf8CString.dropLast()) + [CChar(bitPattern: 0xE9), 0]
      #expect(mkdir(name, 0o777) == 0)
      expectError("caf\\xE9") { _ = try FolderTree.listing(of: folder + "a") }
      expectError("caf\\xE9") {
        _ = try OutputFolder(path: folder + "a", replacing: true, markers: ["mark"], folders: [])
      }
      try OutputFolder(path: folder + "a", replacing: true, markers: ["mark"]).commit()
      #expect(try names(folder) == ["a"])
      #expect(try names(folder + "a").isEmpty)
      let link = folder + "link"
      #expect(mkdir(name.dropLast() + [97, 0], 0o777) == 0)
      #expect(symlink(name.dropLast() + [97, 0], link) == 0)
      expectError("not UTF-8") { _ = try OutputFolder(path: link, replacing: true) }
    }
  }

  @Test("What another machine may still write stays, and is named")
  func locked() throws {
    try inFolder { folder in
      let partial = folder + ".a.\(try endedProcess()).partial"
      try make(partial)
      let descriptor = open(partial, O_RDONLY)
      #expect(flock(descriptor, LOCK_EX) == 0)
      let notes = try OutputFolder(path: folder + "a").commit()
      #expect(notes.count == 1 && notes[0].hasPrefix("\(partial) is left of another run"))
      close(descriptor)
      #expect(try OutputFolder(path: folder + "a", replacing: true).commit() == [])
      #expect(try names(folder) == ["a"])
    }
  }
}
