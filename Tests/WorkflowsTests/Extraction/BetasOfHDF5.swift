import ChiasmFiles
import ChiasmImaging
import ChiasmLinearAlgebra
import ChiasmResponses
import Foundation
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

/// A file that `Reference/make_betas.py` made.
private func betas(_ name: String) -> String {
  URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Reference/\(name)").path
}

/// The numbers of that script: trials × voxels, i fastest.
private func numbers(session: Int) -> [[Double]] {
  (0..<6).map { trial in
    (0..<24).map { voxel in
      Double((97 * session + 31 * trial + 7 * voxel + trial * voxel % 13 * 5) % 211 - 100)
    }
  }
}

@Suite("Betas in HDF5 and MATLAB 7.3")
struct BetasOfHDF5 {
  private static let voxels = [1, 2, 7, 13, 14, 18, 23]

  /// Writes the sessions as NIfTI and one region, and extracts from these and from betas.
  private func compare(
    _ folder: RecordingFolder, _ names: [String], sessions: [Int] = [1], mask: Bool = false,
    _ change: (inout ExtractionSettings) -> Void = { _ in }
  ) throws -> ExtractionRun {
    let region = try folder.mask("V1.nii.gz", Self.voxels)
    let ids = ["a", "b", "c", "a", "n/a", "b"]
    let trials = try folder.table(
      "trials.tsv",
      ["session trial stimulus_id"]
        + sessions.flatMap { session in
          ids.enumerated().map { "\(session) \($0 + 1) \($1)" }
        })
    let images = try sessions.map {
      try folder.image("session\($0).nii.gz", numbers(session: $0), datatype: .int16)
    }
    var settings = folder.settings(images, [trials], masks: ["V1=\(region)"])
    settings.scale = 1.0 / 300
    if mask { settings.regions.overallMask = region }
    change(&settings)
    try folder.write(settings, to: "nifti")
    settings.images = names.map(betas)
    try folder.write(settings, to: "hdf5")
    for file in ["V1.npy", "V1_units.tsv", "stimuli.tsv", "dropped_voxels.tsv"] {
      #expect(
        try Data(contentsOf: folder.url.appending(path: "hdf5/\(file)"))
          == Data(contentsOf: folder.url.appending(path: "nifti/\(file)")), "\(names): \(file)")
    }
    return try ExtractionRun(settings)
  }

  @Test(
    "Every layout gives the bytes that NIfTI gives",
    arguments: [
      "contiguous", "chunked", "big", "last", "last_chunked", "flat", "flat_4d", "flat_first",
    ])
  func layouts(_ name: String) throws {
    try withRecording { folder in
      let run = try compare(folder, ["betas.h5:/\(name)"])
      let order =
        name.hasPrefix("flat")
        ? "k running fastest"
        : name.hasPrefix("last") ? "i × j × k × trials" : "trials × k × j × i"
      #expect(run.notes.contains { $0.contains(order) && $0.contains("V1.nii.gz") })
    }
  }

  @Test(
    "Sessions of NSD give the bytes that NIfTI gives, standardised or not, on any number of threads",
    arguments: ExtractionSettings.Standardization.allCases)
  func sessions(_ standardization: ExtractionSettings.Standardization) throws {
    try withRecording { folder in
      let names = ["betas_session01.hdf5", "betas_session02.hdf5"]
      let run = try compare(folder, names, sessions: [1, 2]) {
        $0.standardization = standardization
      }
      #expect(
        run.pairing == ["Session 1 ← betas_session01.hdf5", "Session 2 ← betas_session02.hdf5"])
      #expect(run.inputs.prefix(2) == names.map(betas)[...])
      let threaded = try run.run(command: "", threads: 3)
      let region = threaded.regions[0]
      #expect(
        try folder.matrix("nifti/V1.npy").flatMap { $0 }
          == threaded.responses(of: region).elements)
    }
    expectFailure("betas_session02.hdf5", "2, not 1") {
      try withRecording { folder in
        _ = try compare(
          folder, ["betas_session02.hdf5", "betas_session01.hdf5"], sessions: [1, 2])
      }
    }
  }

  @Test(
    "GLMsingle's trials of all runs are split into sessions, from Python and from MATLAB",
    arguments: ["hdf5", "mat", "mat:/flat"])
  func glmSingle(_ ending: String) throws {
    try withRecording { folder in
      let run = try compare(
        folder, ["TYPED_FITHRF_GLMDENOISE_RR." + ending], sessions: [1, 2])
      #expect(run.notes.contains { $0.contains("trials of all 2 sessions") })
      let isFlat = ending.hasSuffix("flat")
      #expect(run.notes.contains { $0.contains("GLMsingle keeps no names of stimuli") } != isFlat)
      #expect(run.notes.contains { $0.contains("as in MATLAB") } == isFlat)
    }
  }

  @Test("Voxels of a mask lie where the mask says, and without it that is said")
  func masked() throws {
    try withRecording { folder in
      let run = try compare(folder, ["betas.h5:/masked"], mask: true)
      #expect(run.notes.contains { $0.contains("those of \(folder.path("V1.nii.gz"))") })
    }
    try withRecording { folder in
      expectFailure("is 7 × 6", "24 voxels", "--mask") {
        _ = try compare(folder, ["betas.h5:/masked"])
      }
    }
  }

  @Test("A voxel that is not a number somewhere is dropped")
  func notFinite() throws {
    try withRecording { folder in
      let region = try folder.mask("V1.nii.gz", Self.voxels)
      let settings = folder.settings(
        [betas("betas.h5:/nan")], [try folder.trials(["a", "b", "c", "d", "e", "f"])],
        masks: ["V1=\(region)"])
      let extraction = try folder.extract(settings)
      #expect(
        extraction.regions[0].verdicts == [.notFinite] + [VoxelVerdict](repeating: .kept, count: 6))
    }
  }

  @Test("What does not fit or cannot be read is refused in one sentence")
  func refusals() throws {
    try withRecording { folder in
      let trials = try folder.trials(["a", "b", "c", "d", "e", "f"])
      let region = try folder.mask("V1.nii.gz", Self.voxels)
      func expectRefusal(_ images: String..., words: [String], region: String = region) {
        let error = expectFailure(words[0]) {
          _ = try ExtractionRun(folder.settings(images, [trials], masks: ["V1=\(region)"]))
        }
        for word in words {
          #expect(error?.description.contains(word) ?? false, "'\(word)' is not in it")
        }
      }
      let file = betas("betas.h5")
      expectRefusal(
        file + ":/short", words: ["betas.h5:/short: is 6 × 2 × 3 × 3", "V1.nii.gz has 4 × 3 × 2"])
      expectRefusal(file + ":/line", words: ["betas.h5:/line: is 24,", "trials × 2 × 3 × 4"])
      expectRefusal(file + ":/square", words: ["24 × 24", "first or its last axis", "n/a"])
      let square = Grid(shape: [4, 3, 3], affine: RecordingFolder.grid.affine)
      let labels = try folder.labels("square.nii.gz", [Int32](repeating: 1, count: 36), on: square)
      expectRefusal(
        file + ":/ambiguous", words: ["4 × 3 × 3 × 4", "first or its last axis"], region: labels)
      expectRefusal(file + ":/text", words: ["betas.h5:/text", "holds text"])
      expectRefusal(file + ":/lzf", words: ["betas.h5:/lzf", "filter", "h5repack"])
      expectRefusal(file + ":/elsewhere", words: ["another file"])
      expectRefusal(file + ":/gone", words: ["betas.h5"])
      expectRefusal(file + ":/nothing", words: ["nothing at /nothing"])
      expectRefusal(file, words: ["has no dataset betas", "FILE:/DATASET"])
      expectRefusal(betas("linked.h5"), words: ["has no dataset betas", "links", "/betas"])
      expectRefusal(betas("betas.nowhere.h5:/betas"), words: ["no such file"])
      expectRefusal(
        betas("betas_session01.hdf5"),
        try folder.image("a.nii.gz", [[Double](repeating: 1, count: 24)]),
        words: ["NIfTI images only, or HDF5 only"])
      let whole = try Data(contentsOf: URL(filePath: betas("betas_session01.hdf5")))
      try whole.prefix(whole.count / 2).write(to: folder.url.appending(path: "cut.hdf5"))
      expectRefusal(folder.path("cut.hdf5"), words: ["cut.hdf5", "damaged"])
      #expect(
        throws: WorkflowError.self,
        performing: {
          _ = try ExtractionRun(folder.settings([betas("betas_session01.hdf5")], [trials]))
        })
    }
  }

  @Test("A file whose name looks like a dataset of another is that file")
  func wholeName() throws {
    try withRecording { folder in
      let name = folder.path("x:/betas.h5")
      try FileManager.default.createDirectory(
        atPath: folder.path("x:"), withIntermediateDirectories: true)
      try FileManager.default.copyItem(atPath: betas("betas_session01.hdf5"), toPath: name)
      let region = try folder.mask("V1.nii.gz", Self.voxels)
      let trials = try folder.trials(["a", "b", "c", "d", "e", "f"])
      let settings = folder.settings([name], [trials], masks: ["V1=\(region)"])
      #expect(try folder.extract(settings).regions[0].count(.kept) == 7)
    }
  }
}
