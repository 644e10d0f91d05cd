import ChiasmFiles
import Foundation
import TestSupport
import Testing

@Suite("Contract: journals")
struct JournalContract {
  @Test("Lines come back in order, also after a line was cut off")
  func lines() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "out.journal").path
      do {
        let journal = try Journal(path: path, owner: "a run")
        #expect(journal.lines.isEmpty)
        for line in ["one 1.5", "two nan", "three"] { try journal.append(line) }
      }
      let whole = try Data(contentsOf: URL(filePath: path))
      for cut in 0..<whole.count {
        try whole.prefix(cut).write(to: URL(filePath: path))
        let journal = try Journal(path: path, owner: "a run")
        #expect(["one 1.5", "two nan", "three"].starts(with: journal.lines))
        try journal.append("again")
      }
      #expect(try Journal(path: path, owner: "a run").lines == ["one 1.5", "two nan", "again"])
    }
  }

  @Test("What a machine without power left behind the last whole line is cut off")
  func torn() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "out.journal").path
      try Journal(path: path, owner: "a run").append("one 1.5")
      let whole = try Data(contentsOf: URL(filePath: path))
      // A block that was allotted but never written, one of another file, a line with a lost bit.
      let tails = [
        Data(repeating: 0, count: 4096), Data("else\n".utf8), Data("two 2.5\tffff\n".utf8),
        Data(repeating: 10, count: 3),
      ]
      for tail in tails {
        try (whole + tail).write(to: URL(filePath: path))
        #expect(try Journal(path: path, owner: "a run").lines == ["one 1.5"])
      }
    }
  }

  @Test("Another owner's journal, and a file that is none, are refused and left as they are")
  func others() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "out.journal").path
      for text in ["my own notes\n", "a run\tffff\n"] {
        try Data(text.utf8).write(to: URL(filePath: path))
        #expect(throws: ArrayFileError.self) { try Journal(path: path, owner: "a run") }
        #expect(try Data(contentsOf: URL(filePath: path)) == Data(text.utf8))
      }
    }
  }

  @Test("A journal is used by one at a time, and goes away when nothing came into it")
  func lock() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "out.journal").path
      do {
        let journal = try Journal(path: path, owner: "a run")
        #expect(throws: ArrayFileError.self) { try Journal(path: path, owner: "a run") }
        withExtendedLifetime(journal) {}
      }
      #expect(!FileManager.default.fileExists(atPath: path))
    }
  }

  @Test("It stands beside the output", arguments: ["a/out", "a/out/", "a/out//"])
  func place(_ output: String) {
    #expect(Journal.path(beside: output) == "a/out.journal")
  }
}
