import ChiasmFiles
import Foundation
import ChiasmImaging
import ChiasmResponses
import Testing

/// Inputs that are made to harm, by accident or not.
@Suite("Hostile inputs")
struct HostileInputs {
  @Test(
    "A device, a pipe and a folder are no matrices: one sentence, and no waiting",
    arguments: [("device", 66), ("pipe", 65), ("folder", 66)])
  func stages(kind: String, status: Int32) throws {
    try withStudy { study in
      let path = study.path("model/b.npy")
      try FileManager.default.removeItem(atPath: path)
      switch kind {
      case "device":
        try FileManager.default.createSymbolicLink(
          atPath: path, withDestinationPath: "/dev/zero")
      case "pipe": #expect(mkfifo(path, 0o600) == 0)
      default:
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
      }
      for command in [Study.align, Study.compare, ["transport", "model/b.npy", "--output"]] {
        try expectFailure(status, "model/b.npy", of: command + ["new"], in: study)
      }
      let inspection = try study.program.run("inspect", "model")
      #expect(inspection.status == 0 && inspection.output.contains("would refuse this set"))
      try expectFailure(
        kind == "device" ? 66 : 65, "b.npy", of: ["inspect", "model/b.npy"], in: study)
    }
  }

  @Test("Where hardly a file can be open the limit is named", arguments: [4, 6, 8, 12])
  func descriptors(limit: Int) throws {
    try withStudy { study in
      let outcome = try study.program.run(
        ["inspect", "model"], under: "ulimit -n \(limit) && exec \"$@\"")
      #expect(outcome.status == 66 && outcome.output == "")
      #expect(outcome.errors.contains("ulimit -n") && outcome.errors.count { $0 == "\n" } == 1)
    }
  }

  @Test(
    "A simulation that does not fit is refused with an estimate",
    arguments: [["--stimuli", "9223372036854775807"], ["--sessions", "1000000000"]])
  func simulation(size: [String]) throws {
    try withStudy { study in
      try expectFailure(64, "GB", of: ["simulate"] + size + ["--output", "new"], in: study)
    }
  }

  @Test("What a small archive stands for is refused where it takes too much memory")
  func archive() throws {
    try withStudy { study in
      // An entry that is said to hold 3 GB and begins so, in stored blocks.
      var header = "{'descr': '|u1', 'fortran_order': False, 'shape': (30, 100000000), }"
      header += String(repeating: " ", count: 117 - header.utf8.count) + "\n"
      func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
      }
      func joined(_ parts: [UInt8]...) -> [UInt8] { Array(parts.joined()) }
      let array = joined([0x93], Array("NUMPY".utf8), [1, 0, 118, 0], Array(header.utf8))
      let zeros = joined([0, 255, 255, 0, 0], [UInt8](repeating: 0, count: 65_535))
      let packed = joined(
        [0], little(128, 2), little(~128, 2), array,
        Array(repeatElement(zeros, count: 46).joined()))
      let name = Array("a.npy".utf8)
      let fields = joined(
        little(20, 2), little(0, 2), little(8, 2), little(0x21 << 16, 4), little(0, 4),
        little(packed.count, 4), little(3_000_000_128, 4), little(name.count, 2), little(0, 2))
      let local = joined(little(0x0403_4B50, 4), fields, name, packed)
      let entry = joined(little(0x0201_4B50, 4), little(20, 2), fields, little(0, 14), name)
      let end = joined(
        little(0x0605_4B50, 4), little(0, 4), little(1, 2), little(1, 2), little(entry.count, 4),
        little(local.count, 4), little(0, 2))
      try Data(joined(local, entry, end)).write(to: study.folder.appending(path: "bomb.npz"))
      let before = try study.names()
      let outcome = try study.program.run(
        ["compare", "--source-rdm", "bomb.npz", "--target", "model", "--output", "new"],
        under: "ulimit -v 2000000; exec \"$@\"")
      #expect(outcome.status == 65 && outcome.errors.count { $0 == "\n" } == 1)
      #expect(
        outcome.errors.hasPrefix(
          "chiasm: bomb.npz:a: the array takes 3000000000 bytes of memory, but there are 2048000000"
        ),
        "\(outcome.errors)")
      #expect(try study.names() == before)
    }
  }

  @Test("Control characters of a file are shown, not obeyed")
  func controls() throws {
    try withStudy { study in
      let key = "a\n\u{1B}[2J"
      let header = "{'\(key)': '<f4', 'fortran_order': False, 'shape': (1,), }"
      let bytes =
        [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
      try Data(bytes + [0, 0, 0, 0]).write(to: study.folder.appending(path: "a.npy"))
      try expectFailure(65, "a\\n\\u{1B}[2J", of: ["inspect", "a.npy"], in: study)
    }
  }

  /// One sentence that holds `word`, and nothing left.
  private func expectFailure(
    _ status: Int32, _ word: String, of command: [String], in study: Study
  ) throws {
    let before = try study.names()
    let outcome = try study.program.run(command)
    #expect(outcome.status == status && outcome.output == "", "\(command)")
    #expect(
      outcome.errors.hasPrefix("chiasm: ") && outcome.errors.contains(word), "\(outcome.errors)")
    #expect(outcome.errors.count { $0 == "\n" } == 1)
    #expect(try study.names() == before)
  }
}
