import ChiasmFiles
import Foundation
import ChiasmResponses
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Noise ceilings of response sets, the contract")
struct NoiseCeilingsOfSets {
  /// A set of two stages: `a.b` has two units with ceilings, `c` three units and no table.
  private func prepared(_ folder: ResponseFolder, _ rows: [String] = ["0.25", "n/a"]) throws
    -> String
  {
    let path = try folder.set("set", [("a.b", 2), ("c", 3)])
    try folder.table(
      "set/a.b_units.tsv", ["unit noise_ceiling"] + rows.enumerated().map { "\($0) \($1)" })
    return path
  }

  @Test("They come in the order of the columns, with n/a for what is not known")
  func read() async throws {
    try await withResponses { folder in
      let path = try prepared(folder)
      let set = try StoredResponseSet(path: path, noiseCeilings: .whereGiven)
      #expect(set.noiseCeilings.count == 2 && set.noiseCeilings[1] == nil)
      #expect(set.noiseCeilings[0]?[0] == 0.25 && set.noiseCeilings[0]?[1].isNaN == true)
      #expect(set.files.contains(path + "/a.b_units.tsv"))
      let other = try StoredResponseSet(
        path: path, stages: ["c", "a.b"], noiseCeilings: .whereGiven)
      #expect(other.noiseCeilings[0] == nil && other.noiseCeilings[1]?.count == 2)
      let chosen = try StoredResponseSet(path: path, stages: ["a.b"], noiseCeilings: .required)
      #expect(chosen.noiseCeilings.count == 1)
    }
  }

  @Test("Both ends of the range are shares", arguments: ["0", "1", "1e-3", "-0.0", "", "nan"])
  func shares(text: String) async throws {
    try await withResponses { folder in
      let path = try prepared(folder, [text.isEmpty ? "n/a" : text, "0.5"])
      #expect(try StoredResponseSet(path: path, noiseCeilings: .whereGiven).noiseCeilings[0] != nil)
    }
  }

  @Test(
    "What is no share is refused by file, line and value",
    arguments: [
      ("1.02", "1.02 is above 1"), ("63", "63.0 is above 1"), ("-0.1", "-0.1 is negative"),
      ("inf", "inf is above 1"), ("high", "'high' in column 'noise_ceiling'"),
    ])
  func refused(text: String, words: String) async throws {
    try await withResponses { folder in
      let path = try prepared(folder, ["0.5", text])
      let error = expectFailure("set/a.b_units.tsv", "line 3", words) {
        _ = try StoredResponseSet(path: path, noiseCeilings: .whereGiven)
      }
      #expect(error?.category == .badData)
      let skipped = try StoredResponseSet(path: path)
      #expect(skipped.noiseCeilings == [nil, nil], "not looked at")
      #expect(!skipped.files.contains { $0.hasSuffix("_units.tsv") })
    }
  }

  @Test("A missing column or table is an error only where it is required")
  func missing() async throws {
    try await withResponses { folder in
      let path = try prepared(folder)
      expectFailure("set", "c_units.tsv", "'noise_ceiling'", "--ncsnr") {
        _ = try StoredResponseSet(path: path, noiseCeilings: .required)
      }
      try folder.table("set/c_units.tsv", ["unit", "0", "1", "2"])
      expectFailure("set/c_units.tsv", "no column 'noise_ceiling'", "asked for") {
        _ = try StoredResponseSet(path: path, noiseCeilings: .required)
      }
      let given = try StoredResponseSet(path: path, noiseCeilings: .whereGiven)
      #expect(given.noiseCeilings[0] != nil && given.noiseCeilings[1] == nil)
      let archive = folder.path("model.npz")
      try NumpyArchive.write(
        [
          ("layer", ResponseFolder.array([20, 2])),
          ("stimulus_id", NumpyArray(shape: [20], elements: .strings(ResponseFolder.stimuli))),
        ], to: archive)
      #expect(
        try StoredResponseSet(path: archive, noiseCeilings: .whereGiven).noiseCeilings == [nil])
      expectFailure("model.npz", "layer_units.tsv", "noise_ceiling") {
        _ = try StoredResponseSet(path: archive, noiseCeilings: .required)
      }
    }
  }

  @Test("A table with other rows than the stage has units is refused")
  func rows() async throws {
    try await withResponses { folder in
      let path = try prepared(folder, ["0.5", "0.5", "0.5"])
      expectFailure("a.b_units.tsv", "3 rows", "2 units") {
        _ = try StoredResponseSet(path: path, noiseCeilings: .whereGiven)
      }
    }
  }

  @Test("What extract writes is read back, to the last bit")
  func roundTrip() throws {
    try withRecording { folder in
      let ids = (0..<30).map { "s\($0 % 13)" }
      let image = try folder.image("bold.nii", SampleNumbers.rows(30, 24, seed: 8))
      let mask = try folder.mask("mask.nii.gz", 3..<15)
      let trials = try folder.table(
        "trials.tsv",
        ["run stimulus_id"] + ids.enumerated().map { "\($0.offset / 13) \($0.element)" })
      let settings = folder.settings([image], [trials], masks: ["V1/left=\(mask)"])
      let extraction = try folder.extract(settings)
      let path = try folder.write(settings)
      let set = try StoredResponseSet(path: path, noiseCeilings: .required)
      let written = try #require(extraction.noiseCeilings(of: extraction.regions[0]))
      #expect(set.noiseCeilings == [written])
      #expect(written.contains { $0 > 0 } && Set(written).count > 2)
    }
  }
}
