import ChiasmFiles
import ChiasmImaging
import ChiasmResponses
import Foundation
import TestSupport
import Testing

/// Input of another kind than the command takes, and what is told of it.
extension BadInputContract {
  private static func target(_ path: String) -> [String] { align + ["--target", path] }
  private static func report(_ path: String) -> [String] { ["report", path, "--output", "out"] }
  private static func trials(_ path: String) -> [String] {
    extract.map { $0 == "trials.tsv" ? path : $0 }
  }

  static let kinds: [BadInput] = files + folders + tables + pointers

  private static let files: [BadInput] = [
    BadInput(
      "an array as a response set", status: 65, saying: "model/a.npy", "NumPy array",
      "give its folder, model", by: target("model/a.npy")),
    BadInput(
      "half a MATLAB file as a response set", status: 65, saying: "a.mat", "MAT-file of version 5",
      by: target("a.mat")
    ) {
      try $0.text("a.mat", ["MATLAB 5.0 MAT-file, Platform: GLNXA64"])
    },
    BadInput(
      "an image as a response set", status: 65, saying: "bold.nii.gz", "NIfTI", "'chiasm extract'",
      by: target("bold.nii.gz")),
    BadInput(
      "a PyTorch file as a response set", status: 65, saying: "a.pt", "PyTorch",
      "weights_only=True",
      by: target("a.pt")
    ) {
      try $0.zip("a.pt", entry: "archive/data.pkl")
    },
    BadInput(
      "a MATLAB file as costs", status: 65, saying: "a.mat", "MATLAB", by: ["transport", "a.mat"]
    ) {
      try $0.text("a.mat", ["MATLAB 5.0 MAT-file, Platform: GLNXA64"])
    },
    BadInput(
      "CIFTI as a recording", status: 65, saying: "bold.nii.gz", "CIFTI-2", "-cifti-separate",
      by: extract
    ) {
      var header = NIfTIHeader(grid: Study.grid)
      header.extensions = [NIfTIExtension(code: 32, bytes: Array("<CIFTI/>".utf8))]
      try NIfTIWriter.write(
        [[Double](repeating: 1, count: 24)], to: $0.path("bold.nii.gz"), like: header,
        datatype: .int16, replacing: true)
    },
    BadInput(
      "an array as an image", status: 65, saying: "model/a.npy", "NumPy array",
      by: extract + ["--image", "model/a.npy"]),
    BadInput(
      "a broken JSON file", status: 65, saying: "a.json", "cut short", by: ["inspect", "a.json"]
    ) {
      try $0.text("a.json", ["{\"a\": "])
    },
  ]

  private static let folders: [BadInput] = [
    BadInput(
      "a report of a response set", status: 66, saying: "brain", "is a response set",
      "comparison is expected", by: report("brain")),
    BadInput(
      "a report of a table", status: 66, saying: "trials.tsv", "is a text file",
      by: report("trials.tsv")),
    BadInput(
      "a figure of an empty folder", status: 66, saying: "empty", "is an empty folder",
      by: ["figure", "coupling", "empty", "-o", "f.svg"]
    ) { try $0.makeFolder("empty") },
    BadInput(
      "a report as a response set", status: 66, saying: "page", "report.html",
      by: target("page")
    ) {
      try $0.makeFolder("page")
      try $0.text("page/report.html", ["<html>"])
    },
  ]

  private static let tables: [BadInput] = [
    BadInput(
      "commas in a .tsv", status: 65, saying: "t.tsv", "commas", ".csv", by: trials("t.tsv")
    ) { try $0.text("t.tsv", ["session,trial,stimulus_id", "1,1,a"]) },
    BadInput("tabs in a .csv", status: 65, saying: "t.csv", "tabs", by: trials("t.csv")) {
      try $0.text("t.csv", ["session\ttrial\tstimulus_id", "1\t1\ta"])
    },
    BadInput(
      "a column in other case", status: 65, saying: "did you mean 'Stimulus_ID'",
      by: trials("t.tsv")
    ) { try $0.text("t.tsv", ["Stimulus_ID"] + Study.stimuli) },
    BadInput(
      "an optional column in other case", status: 65, saying: "'Trial' is not read as 'trial'",
      by: trials("t.tsv")
    ) {
      let rows = Study.stimuli.enumerated().map { "\(20 - $0)\t\($1)" }
      try $0.text("t.tsv", ["Trial\tstimulus_id"] + rows)
    },
    BadInput(
      "events of a time series", status: 65, saying: "8 rows", "20 volumes", "GLMsingle",
      by: trials("t.tsv")
    ) {
      try $0.text("t.tsv", ["onset\tstim_file"] + (0..<8).map { "\($0)\ts\($0).png" })
    },
    BadInput(
      "events without stimuli", status: 65, saying: "table of events", "stim_file",
      by: trials("t.tsv")
    ) { try $0.text("t.tsv", ["onset\ttrial_type", "1\tface"]) },
    BadInput("an array as a table", status: 65, saying: "NumPy array", by: trials("model/a.npy")),
    BadInput(
      "names that differ in leading zeros", status: 65, saying: "20 of them", "leading zeros",
      "s10 and s010", by: align
    ) {
      try $0.set("model", [("a", 3)], stimuli: Study.stimuli.map { "s0" + $0.dropFirst() }, seed: 1)
    },
  ]

  private static let pointers: [BadInput] = [
    BadInput("a git-lfs pointer", status: 66, saying: "bold.nii.gz", "git lfs pull", by: extract) {
      try $0.text("bold.nii.gz", ["version https://git-lfs.github.com/spec/v1", "size 12"])
    },
    BadInput("a git-annex link", status: 66, saying: "V1.nii.gz", "datalad get", by: extract) {
      try FileManager.default.removeItem(atPath: $0.path("V1.nii.gz"))
      try FileManager.default.createSymbolicLink(
        atPath: $0.path("V1.nii.gz"), withDestinationPath: ".git/annex/objects/X/Y/K/K")
    },
    BadInput("a matrix in git-annex", status: 66, saying: "model/a.npy", "datalad get", by: align) {
      try $0.text("model/a.npy", ["/annex/objects/MD5E-s1--x.npy"])
    },
    BadInput(
      "a table in git-lfs, inspected", status: 66, saying: "t.tsv", "git lfs pull",
      by: ["inspect", "t.tsv"]
    ) { try $0.text("t.tsv", ["version https://git-lfs.github.com/spec/v1"]) },
  ]
}

extension Study {
  func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: true)
  }

  /// A zip archive of one empty entry, by hand.
  func zip(_ path: String, entry: String) throws {
    let name = Array(entry.utf8)
    let count = UInt8(name.count)
    var file: [UInt8] = [0x50, 0x4B, 3, 4, 20] + .zeros(21)
    file += [count, 0, 0, 0]
    file += name
    let start = UInt8(file.count)
    file += [0x50, 0x4B, 1, 2, 20, 0, 20] + .zeros(21)
    file += [count] + .zeros(17)
    file += name
    let length = UInt8(file.count) - start
    file += [0x50, 0x4B, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0]
    file += [length, 0, 0, 0, start, 0, 0, 0, 0, 0]
    try Data(file).write(to: folder.appending(path: path))
  }
}

extension [UInt8] {
  fileprivate static func zeros(_ count: Int) -> [UInt8] { Array(repeating: 0, count: count) }
}

@Suite("Folders and files that may not be read")
struct UnreadableInputContract {
  /// The programs that a user who is not root would start: root may read everything.
  private static let script =
    getuid() == 0 ? "exec setpriv --reuid=65534 --regid=65534 --clear-groups \"$@\"" : "exec \"$@\""

  /// Whether the program can be started so: it may lie where others may not go.
  static let canRun: Bool =
    (try? withTemporaryFolder { folder in
      chmod(folder.path, 0o777)
      return try Program(folder: folder).run(["--version"], under: script).status == 0
    }) ?? false

  static let commands: [[String]] = [
    Study.extract + ["out", "--image", "locked/bold.nii.gz"],
    Study.extract + ["out", "--image", "locked/bold.img"],
    Study.extract + ["out", "--trials", "locked/trials.tsv"],
    Study.extract + ["out", "--atlas", "V1.nii.gz:locked/t.tsv"],
    Study.extract + ["out", "--regions-from", "nsd", "--atlases", "locked"],
    Study.align + ["out", "--target", "locked"],
    Study.align + ["out", "--target", "locked/model"],
    Study.align + ["out", "--target", "locked/set.npz"],
    Study.align + ["out", "--splits-file", "locked/splits.tsv"],
    Study.compare + ["out", "--target", "locked/model"],
    ["report", "locked", "--output", "out"], ["report", "locked/a", "--output", "out"],
    ["figure", "coupling", "locked/a", "-o", "f.svg"],
    ["inspect", "locked"], ["inspect", "locked/a"], ["inspect", "locked/a.nii.gz"],
    ["transport", "locked/c.npy"], ["atlas", "list", "--atlases", "locked"],
  ]

  @Test(
    "They are told with the system's reason and status 66, not as missing",
    .enabled(if: canRun), arguments: commands)
  func refuses(_ command: [String]) throws {
    try withStudy { study in
      chmod(study.folder.path, 0o777)
      try study.makeFolder("locked")
      chmod(study.path("locked"), 0)
      let outcome = try study.program.run(command, under: Self.script)
      chmod(study.path("locked"), 0o755)
      #expect(outcome.status == 66)
      #expect(outcome.errors.contains("locked") && outcome.errors.contains("Permission denied"))
      #expect(outcome.errors.hasSuffix(".\n") && outcome.errors.count { $0 == "\n" } == 1)
      #expect(!study.exists("out"))
    }
  }

  @Test("An output below such a folder, or in its place, cannot be written", .enabled(if: canRun))
  func outputs() throws {
    try withStudy { study in
      chmod(study.folder.path, 0o777)
      try study.makeFolder("locked")
      chmod(study.path("locked"), 0o555)
      for command in [Study.align + ["locked/out"], Study.align + ["locked/a/out", "--force"]] {
        let outcome = try study.program.run(command, under: Self.script)
        #expect(outcome.status == 73 && outcome.errors.contains("Permission denied"))
      }
      chmod(study.path("locked"), 0)
      let outcome = try study.program.run(Study.align + ["locked", "--force"], under: Self.script)
      #expect(outcome.status == 73 && outcome.errors.contains("Permission denied"))
      #expect(try study.names().filter { $0.contains("locked") } == ["locked"])
      chmod(study.path("locked"), 0o755)
    }
  }
}
