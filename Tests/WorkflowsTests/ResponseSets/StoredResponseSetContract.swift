import ChiasmFiles
import ChiasmImaging
import Foundation
import ChiasmLinearAlgebra
import ChiasmReporting
import ChiasmResponses
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Response sets as files")
struct StoredResponseSetContract {
  @Test("stages.tsv gives order and names")
  func withStages() async throws {
    try await withResponses { folder in
      let path = try folder.set("model", [("deep/10", 3), ("deep/2", 4)])
      let set = try StoredResponseSet(path: path)
      #expect(set.responses.stageNames == ["deep/10", "deep/2"])
      #expect(set.responses.stages.map(\.unitCount) == [3, 4])
      #expect(set.responses.stimulusIDs == ResponseFolder.stimuli)
      #expect(set.notes.isEmpty && set.recording == nil)
      #expect(set.files.count == 4)
      let chosen = try StoredResponseSet(path: path, stages: ["deep/2"])
      #expect(chosen.responses.stageNames == ["deep/2"])
    }
  }

  @Test("Without stages.tsv names are sorted as people count, and it is said")
  func naturalOrder() async throws {
    try await withResponses { folder in
      let path = try folder.set("model", [("conv10", 2), ("conv2", 2), ("Conv1", 2)])
      try FileManager.default.removeItem(atPath: path + "/stages.tsv")
      let set = try StoredResponseSet(path: path)
      #expect(set.responses.stageNames.suffix(2) == ["conv2", "conv10"])
      #expect(set.notes.count == 1)
      #expect(set.notes.first?.contains("stages.tsv") ?? false)
      #expect(set.notes.first?.contains("conv2, conv10") ?? false)
    }
  }

  @Test("An .npz is read like a folder", arguments: [true, false])
  func archive(_ hasText: Bool) async throws {
    try await withResponses { folder in
      let ids: NumpyArray.Elements =
        hasText ? .strings(ResponseFolder.stimuli) : .int64((0..<20).map { Int64($0) })
      let path = folder.path("model.npz")
      try NumpyArchive.write(
        [
          ("layer10", ResponseFolder.array([20, 2])),
          ("stimulus_id", NumpyArray(shape: [20], elements: ids)),
          ("layer9", ResponseFolder.array([20, 3])),
        ], to: path)
      let set = try StoredResponseSet(path: path)
      #expect(set.responses.stageNames == ["layer10", "layer9"])
      #expect(set.notes.count == 1 && set.notes[0].contains("layer10, layer9"))
      let chosen = try StoredResponseSet(path: path, stages: ["layer9", "layer10"])
      #expect(chosen.responses.stageNames == ["layer9", "layer10"] && chosen.notes.isEmpty)
      #expect(set.responses.stimulusIDs[7] == (hasText ? "s07" : "7"))
      #expect(set.files == [path])
      try NumpyArchive.write(
        [("layer", ResponseFolder.array([20, 2]))], to: folder.path("nameless.npz"))
      expectFailure("nameless.npz", "stimulus_id") {
        _ = try StoredResponseSet(path: folder.path("nameless.npz"))
      }
    }
  }

  @Test("A path from the root in stages.tsv stands for itself")
  func absolutePath() async throws {
    try await withResponses { folder in
      let path = try folder.set("model", [("a", 3), ("b", 2)])
      try FileManager.default.createDirectory(
        atPath: folder.path("else where"), withIntermediateDirectories: false)
      let moved = folder.path("else where/b.npy")
      try FileManager.default.moveItem(atPath: path + "/b.npy", toPath: moved)
      try Table(columns: ["name", "file"], rows: [["a", "a.npy"], ["b", moved]])
        .write(to: path + "/stages.tsv", replacing: true)
      try Table(columns: ["noise_ceiling"], rows: [["0.5"], ["0.25"]])
        .write(to: folder.path("else where/b_units.tsv"))
      let set = try StoredResponseSet(path: path, noiseCeilings: .whereGiven)
      #expect(set.responses.stages.map(\.unitCount) == [3, 2])
      #expect(set.files.contains(moved) && set.noiseCeilings[1] == [0.5, 0.25])
      #expect(try Inspection(path: path).report.text().contains("float32"))
    }
  }

  @Test("Blanks around names do not count, in tables and archives alike")
  func blanks() async throws {
    try await withResponses { folder in
      let path = try folder.set("model", [("a", 2)])
      try Table(
        columns: ["stimulus_id"], rows: ResponseFolder.stimuli.map { [" \($0)  "] }
      ).write(to: path + "/stimuli.tsv", replacing: true)
      try Table(columns: ["name", "file"], rows: [["a ", "a.npy"]])
        .write(to: path + "/stages.tsv", replacing: true)
      let set = try StoredResponseSet(path: path)
      #expect(set.responses.stimulusIDs == ResponseFolder.stimuli)
      #expect(set.responses.stageNames == ["a"])
      let archive = folder.path("model.npz")
      try NumpyArchive.write(
        [
          ("a", ResponseFolder.array([20, 2])),
          (
            "stimulus_id",
            NumpyArray(shape: [20], elements: .strings(ResponseFolder.stimuli.map { $0 + " " }))
          ),
        ], to: archive)
      #expect(
        try StoredResponseSet(path: archive).responses.stimulusIDs == ResponseFolder.stimuli)
      try Table(columns: ["source_stage", "target_stage"], rows: [["V1 ", "a "], ["V1", "a"]])
        .write(to: folder.path("known.tsv"))
      #expect(
        try Table(path: folder.path("known.tsv")).identifiers("source_stage") == ["V1", "V1"])
    }
  }

  @Test("A stage without a name and a name with a NUL are refused with their line")
  func badNames() async throws {
    try await withResponses { folder in
      let path = try folder.set("model", [("a", 2), ("b", 2)])
      for name in ["", "n/a", "  "] {
        try folder.table("model/stages.tsv", ["name file", "a a.npy"])
        let text = "name\tfile\na\ta.npy\n\(name)\tb.npy\n"
        try Data(text.utf8).write(to: URL(filePath: path + "/stages.tsv"))
        expectFailure("stages.tsv", "line 3", "no name") { _ = try StoredResponseSet(path: path) }
      }
      let ids = ResponseFolder.stimuli.map { $0 == "s07" ? "s\0x" : $0 }
      try folder.table("model/stimuli.tsv", ["stimulus_id"] + ids)
      expectFailure("stimuli.tsv", "line 9", "s\\0x", "NUL") {
        _ = try StoredResponseSet(path: path)
      }
      let archive = folder.path("model.npz")
      try NumpyArchive.write(
        [
          ("a", ResponseFolder.array([20, 2])),
          ("stimulus_id", NumpyArray(shape: [20], elements: .strings(ids))),
        ], to: archive)
      expectFailure("model.npz: stimulus_id", "element 7", "NUL") {
        _ = try StoredResponseSet(path: archive)
      }
    }
  }

  @Test("Half, double and integer arrays of any depth become stimuli × units")
  func types() async throws {
    try await withResponses { folder in
      let path = try folder.set("model", [("a", 1)])
      func read(_ array: [UInt8]) throws -> Stage {
        try Data(array).write(to: URL(filePath: path + "/a.npy"))
        return try StoredResponseSet(path: path).responses.stages[0]
      }
      let doubles = (0..<120).map { Double($0) / 8 }
      let array = NumpyArray(shape: [20, 3, 2], elements: .float64(doubles))
      let stage = try read(array.encoded())
      #expect(stage.unitCount == 6)
      #expect(stage.responses.elements == doubles.map { Float($0) })
      let integers = NumpyArray(shape: [20, 2], elements: .int16((0..<40).map { Int16($0) }))
      #expect(try read(integers.encoded()).responses.elements == (0..<40).map { Float($0) })
      #expect(try read(Self.half(20, 2)).responses.elements == (0..<40).map { Float($0) })
    }
  }

  /// 0, 1, 2 … as float16.
  private static func half(_ rows: Int, _ columns: Int) -> [UInt8] {
    let bits = (0..<rows * columns).flatMap { number -> [UInt8] in
      let pattern = Self.halfBits(number)
      return [UInt8(pattern & 255), UInt8(pattern >> 8)]
    }
    var header = "{'descr': '<f2', 'fortran_order': False, 'shape': (\(rows), \(columns)), }"
    header += String(repeating: " ", count: 117 - header.count) + "\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(header.utf8) + bits
  }

  private static func halfBits(_ number: Int) -> UInt16 {
    guard number > 0 else { return 0 }
    let exponent = Int.bitWidth - 1 - number.leadingZeroBitCount
    return UInt16((exponent + 15) << 10 | (number - 1 << exponent) << (10 - exponent))
  }

  @Test("What does not belong together is refused by name and number")
  func refusals() async throws {
    try await withResponses { folder in
      let twice = try folder.set(
        "twice", [("a", 2)], stimuli: ["x", "y", "x"] + ResponseFolder.stimuli)
      expectFailure(twice, "x", "more than once") { _ = try StoredResponseSet(path: twice) }

      let short = try folder.set("short", [("a", 2), ("b", 2)])
      try ResponseFolder.array([19, 2]).write(to: short + "/b.npy", replacing: true)
      expectFailure(short, "Stage b", "19", "20") { _ = try StoredResponseSet(path: short) }

      var values = [Float](repeating: 1, count: 60)
      (values[3 * 7 + 2], values[50]) = (.nan, .infinity)
      let nan = try folder.set("nan", [("a", 2), ("b", 3)])
      try NumpyArray(shape: [20, 3], elements: .float32(values))
        .write(to: nan + "/b.npy", replacing: true)
      expectFailure(nan, "Stage b", "stimulus s07", "unit 2", "2 values") {
        _ = try StoredResponseSet(path: nan)
      }
      expectFailure(nan, "no stage named c", "a, b") {
        _ = try StoredResponseSet(path: nan, stages: ["a", "c"])
      }
      expectFailure(nan, "Two stages", "a") {
        _ = try StoredResponseSet(path: nan, stages: ["a", "a"])
      }
      let flat = try folder.set("flat", [("a", 2)])
      try ResponseFolder.array([20]).write(to: flat + "/a.npy", replacing: true)
      expectFailure("flat/a.npy", "[20]") { _ = try StoredResponseSet(path: flat) }
    }
  }

  @Test("What is missing is named, and told from what is wrong")
  func missing() async throws {
    try await withResponses { folder in
      func category(_ words: String..., path: String) -> WorkflowError.Category? {
        let error = expectFailure { _ = try StoredResponseSet(path: path) }
        for word in words { #expect(error?.description.contains(word) ?? false, "\(word)") }
        return error?.category
      }
      #expect(category("absent", path: folder.path("absent")) == .inputMissing)
      let path = try folder.set("set", [("a", 2)])
      try FileManager.default.removeItem(atPath: path + "/a.npy")
      #expect(category("set/a.npy", path: path) == .inputMissing)
      try FileManager.default.removeItem(atPath: path + "/stages.tsv")
      #expect(category("no .npy file", path: path) == .badData)
      try FileManager.default.removeItem(atPath: path + "/stimuli.tsv")
      #expect(category("stimuli.tsv", path: path) == .inputMissing)
      try folder.table("text.npz", ["no archive"])
      #expect(category("text.npz", path: folder.path("text.npz")) == .badData)
    }
  }

  @Test("A table of units that does not fit its matrix is refused")
  func wrongUnits() throws {
    try withRecording { folder in
      let image = try folder.image("bold.nii.gz", SampleNumbers.rows(3, 24, seed: 1))
      let trials = try folder.trials(["a", "b", "c"])
      let mask = try folder.mask("mask.nii.gz", [1, 2, 3])
      let path = try folder.write(folder.settings([image], [trials], masks: ["V1=\(mask)"]))
      #expect(try StoredResponseSet(path: path).recording?.regions == [[1, 2, 3]])
      try folder.table("brain/V1_units.tsv", ["unit i j k", "0 1 0 0", "1 2 0 0"])
      expectFailure("V1_units.tsv", "2", "3") { _ = try StoredResponseSet(path: path) }
      try folder.table("brain/V1_units.tsv", ["i j k", "1 0 0", "2 0 0", "4 0 0"])
      expectFailure("V1_units.tsv", "line 4", "[4, 0, 0]", "[4, 3, 2]") {
        _ = try StoredResponseSet(path: path)
      }
    }
  }
}
