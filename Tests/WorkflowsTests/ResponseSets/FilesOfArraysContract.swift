import ChiasmFiles
import ChiasmLinearAlgebra
import ChiasmReporting
import ChiasmResponses
import Foundation
import TestSupport
import Testing

@testable import ChiasmWorkflows

@Suite("Contract: every file of arrays is a response set")
struct FilesOfArraysContract {
  private static let names = NumpyArray(shape: [20], elements: .strings(ResponseFolder.stimuli))

  /// A folder of two stages, the same in files, and the second stage alone in others.
  private func withFiles(
    _ body: (ResponseFolder, _ arrays: [(name: String, array: NumpyArray)]) throws -> Void
  ) async throws {
    try await withResponses { folder in
      try folder.set("model", [("b", 3), ("a", 2)])
      let arrays = try ["b", "a"].map {
        (name: $0, array: try NumpyArray(path: folder.path("model/\($0).npy")))
      }
      try NumpyArchive.write(
        arrays + [("stimulus_id", Self.names)], to: folder.path("model.npz"))
      let lines = ResponseFolder.stimuli.joined(separator: "\n")
      try SafetensorsFile.write(
        arrays, metadata: ["stimulus_id": lines], to: folder.path("model.safetensors"))
      let numbers = try arrays[1].array.doubles()
      try folder.table(
        "a.tsv",
        ["x stimulus_id y"]
          + ResponseFolder.stimuli.enumerated().map {
            "\(numbers[2 * $0]) \($1) \(numbers[2 * $0 + 1])"
          })
      try arrays[1].array.write(to: folder.path("a.npy"))
      try folder.table("names.txt", ResponseFolder.stimuli)
      try body(folder, arrays)
    }
  }

  @Test("The responses of every format are those of the folder, all of them and some")
  func equal() async throws {
    try await withFiles { folder, _ in
      let expected = try StoredResponseSet(path: folder.path("model"), stages: ["b", "a"])
      let draw = try UnitSubsample(atMost: 1, seed: 3)
      for file in ["model.npz", "model.safetensors"] {
        let set = try StoredResponseSet(path: folder.path(file))
        #expect(set.responses == expected.responses, "\(file)")
        #expect(set.files == [folder.path(file)] && set.notes.count == 1)
        #expect(set.notes[0].contains("as it was written") && set.notes[0].contains("b, a"))
        let drawn = try StoredResponseSet(
          path: folder.path(file), stages: nil, drawing: draw, from: 0)
        #expect(
          drawn.responses.stages
            == expected.responses.stages.enumerated().map {
              $1.selectingUnits(draw.columns(of: $1.unitCount, stage: $0) ?? [])
            })
      }
      for (path, list) in [
        ("model.npz:a", nil), ("model.safetensors:/a", nil), ("a.tsv", nil), ("a.npy", "names.txt"),
        ("a.npy", "model/stimuli.tsv"), ("model/a.npy", "names.txt"),
      ] {
        let list = list.map { folder.path($0) }
        let set = try StoredResponseSet(
          path: folder.path(path), stages: nil, stimuli: list, drawing: UnitSubsample(), from: 0)
        #expect(set.responses.stimulusIDs == ResponseFolder.stimuli && set.notes.isEmpty)
        #expect(set.responses.stages.map(\.name) == ["a"], "\(path)")
        let own = expected.responses.stages[1].responses
        #expect(zip(set.responses.stages[0].responses.elements, own.elements).allSatisfy(==))
        #expect(
          set.files == [folder.path(String(path.prefix { $0 != ":" }))] + [list].compactMap(\.self))
      }
    }
  }

  @Test("The variables of a .mat file are stages; what is left out is named")
  func matlab() throws {
    let path = SharedData.packageRoot.appending(path: "Tests/FilesTests/Reference/classes.mat").path
    let set = try StoredResponseSet(path: path, stages: ["V2", "V1"])
    #expect(set.responses.stimulusIDs == ["a", "b", "c", "d"])
    #expect(set.responses.stages.map(\.unitCount) == [2, 6])
    #expect(set.responses.stages[1].responses.elements.prefix(7) == [-5, -4, -3, -2, -1, 0, 1])
    let store = try StoredResponseSet.store(at: path)
    #expect(store.entries.map(\.name) == ["V1", "V2", "mask"])
    let words = ["sparse (a sparse matrix)", "numbers (cells that are not text)", "big [1, 2]"]
    for word in words { #expect(store.notes.contains { $0.contains(word) }, "\(word)") }
  }

  @Test("A file whose stimuli have no names says how to name them, and a folder needs no list")
  func names() async throws {
    try await withFiles { folder, _ in
      let list = folder.path("names.txt")
      func read(_ path: String, _ list: String? = nil) throws {
        _ = try StoredResponseSet.store(at: folder.path(path), stimuli: list)
      }
      expectFailure("a.npy", "does not name", "a.npy.stimuli.tsv", "--source-stimuli") {
        try read("a.npy")
      }
      expectFailure("give its folder, ", "model") { try read("model/a.npy") }
      expectFailure("left out", "a folder whose own files name them") { try read("model", list) }
      expectFailure("no array 'c'", "'b', 'a'") { try read("model.npz:c") }
      try FileManager.default.copyItem(
        atPath: folder.path("model/stimuli.tsv"), toPath: folder.path("a.npy.stimuli.tsv"))
      try read("a.npy")
      try folder.table("short.txt", ["x", "y"])
      expectFailure("no matrix with a row for each of its 2", "a [20, 2]") {
        try read("a.npy", folder.path("short.txt"))
      }
    }
  }

  @Test("inspect shows how each would be read, or what it holds and why it is no set")
  func inspection() async throws {
    try await withFiles { folder, arrays in
      func text(_ path: String) throws -> String {
        try Inspection(path: folder.path(path)).report.text(width: 200)
      }
      for (path, format) in [
        ("model.npz", "a NumPy archive (.npz)"), ("model.safetensors", "a safetensors file"),
        ("a.tsv", "a text file"), ("model.npz:a", "a NumPy archive (.npz)"),
      ] {
        let found = try text(path)
        #expect(found.contains("response set of a model") && found.contains(format), "\(path)")
        #expect(found.contains("20, the first s00, s01, s02"), "\(path)")
        let json = try Inspection(path: folder.path(path)).json()
        #expect(json.contains("\"kind\" : \"response_set\"") && json.contains(format))
      }
      #expect(try text("a.npy").contains("NumPy array"))
      try SafetensorsFile.write(arrays, to: folder.path("nameless.safetensors"))
      let nameless = try text("nameless.safetensors")
      #expect(nameless.contains("safetensors file, no response set") && nameless.contains("20 × 3"))
      #expect(nameless.contains("nameless.safetensors.stimuli.tsv"))
      let json = try Inspection(path: folder.path("nameless.safetensors")).json()
      #expect(json.contains("\"kind\" : \"arrays\"") && json.contains("\"content\" : \"float32\""))
      #expect(try text("model/stimuli.tsv").contains("table"))
    }
    let mat = SharedData.packageRoot.appending(path: "Tests/FilesTests/Reference/narrow.mat").path
    let found = try Inspection(path: mat).report.text(width: 200)
    #expect(found.contains("MATLAB file (.mat), no response set") && found.contains("int32"))
  }
}
