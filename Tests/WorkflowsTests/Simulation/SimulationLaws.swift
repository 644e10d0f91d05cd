import ChiasmResponses
import ChiasmFiles
import ChiasmImaging
@testable import ChiasmResults
@testable import ChiasmWorkflows
import Testing

@Suite("Laws of simulations")
struct SimulationLaws {
  @Test("Equal settings give equal bytes, another seed others")
  func seedDecides() throws {
    let files = try SimulationFolder(.small(seed: 3)).files()
    #expect(files.count == 17)
    #expect(try SimulationFolder(.small(seed: 3)).files() == files)
    let others = try SimulationFolder(.small(seed: 4)).files()
    for (path, bytes) in files where path.hasSuffix(".npy") || path.contains("betas") {
      #expect(others[path] != bytes, "\(path) is the same for both seeds")
    }
  }

  @Test("Every session shows every stimulus once, in an order of its own")
  func trials() throws {
    let folder = try SimulationFolder(.small())
    let sessions = try TrialTable.read([folder.path("recordings/trials.tsv")]).sessions
    #expect(sessions.map(\.name) == ["1", "2"])
    for session in sessions {
      #expect(session.stimulusIDs.compactMap { $0 }.sorted() == folder.simulation.stimulusIDs)
    }
    #expect(sessions[0].stimulusIDs != sessions[1].stimulusIDs)
  }

  @Test("The model has every stimulus once, in another order than the brain")
  func modelRows() throws {
    let folder = try SimulationFolder(.small())
    let ids = try Table(path: folder.path("model/stimuli.tsv")).column("stimulus_id")
    let shown = try Table(path: folder.path("recordings/trials.tsv")).column("stimulus_id")
    #expect(ids.sorted() == folder.simulation.stimulusIDs)
    #expect(ids != Array(shown.prefix(ids.count)))
  }

  @Test("The label table names the labels of the image, each of 40 to 200 voxels on both sides")
  func labels() throws {
    let folder = try SimulationFolder(.small())
    let image = try NIfTIReader(path: folder.path("recordings/visualrois.nii.gz")).readLabels()
    let table = try Table(path: folder.path("recordings/visualrois_dseg.tsv"))
    #expect(
      try table.column("name") == ["V1v", "V1d", "V2v", "V2d", "V3v", "V3d", "hV4", "IT"])
    let named = try table.integers("index").map(Int32.init)
    #expect(Set(image.labels) == Set(named + [0, -1]))
    for label in named {
      let voxels = image.labels.indices.filter { image.labels[$0] == label }
      let left = voxels.count { image.grid.indices(at: $0).i < image.grid.shape[0] / 2 }
      #expect((40...200).contains(voxels.count))
      #expect(left * 2 == voxels.count)
    }
  }

  @Test("The truth names a layer of the model for every region of the label image")
  func truth() throws {
    let folder = try SimulationFolder(.small())
    let truth = try Table(path: folder.path("truth.tsv"))
    let layers = try Table(path: folder.path("model/stages.tsv")).column("name")
    #expect(try Set(truth.column("source_stage")) == Set(SimulatedAnatomy.areas.map(\.region)))
    let known = try truth.column("target_stage")
    #expect(Set(layers).subtracting(known) == ["layer5"])
    #expect(Set(known).isSubset(of: layers))
  }

  @Test("Twenty voxels of regions are zero throughout the second session, and only there")
  func silence() throws {
    let folder = try SimulationFolder(.small())
    let labels = folder.simulation.anatomy.labels.labels
    let silent = try ["01", "02"].map { number in
      let reader = try NIfTIReader(path: folder.path("recordings/betas_session\(number).nii.gz"))
      var isSilent = labels.map { $0 > 0 }
      var volume: [Double] = []
      while try reader.readVolume(voxels: Array(labels.indices), into: &volume) {
        for voxel in volume.indices where volume[voxel] != 0 { isSilent[voxel] = false }
      }
      return isSilent.count { $0 }
    }
    #expect(silent == [0, 20])
  }
}

@Suite("What simulations refuse")
struct SimulationContract {
  static let refused: [(change: @Sendable (inout SimulationSettings) -> Void, what: String)] = [
    ({ $0.stimulusCount = 1 }, "The number of stimuli is 1, but must be at least 12."),
    ({ $0.stimulusCount = 11 }, "The number of stimuli is 11, but must be at least 12."),
    ({ $0.sessionCount = 0 }, "The number of sessions is 0, but must be at least 1."),
    ({ $0.noise = -0.5 }, "The noise is -0.5, but must be a factor from 0 to 10."),
    ({ $0.noise = .nan }, "The noise is nan, but must be a factor from 0 to 10."),
    ({ $0.noise = .infinity }, "The noise is inf, but must be a factor from 0 to 10."),
  ]

  @Test("A setting outside its range is an error of usage that says so", arguments: refused)
  func refusal(change: @Sendable (inout SimulationSettings) -> Void, what: String) {
    var settings = SimulationSettings.small()
    change(&settings)
    let error = #expect(throws: WorkflowError.self) { try Simulation(settings) }
    #expect(error?.description == what)
    #expect(error?.category == .usage)
  }

  @Test("One session, the fewest stimuli and the greatest noise can be written")
  func extremes() throws {
    var settings = SimulationSettings.small(noise: 10)
    settings.sessionCount = 1
    let folder = try SimulationFolder(settings)
    #expect(try folder.files().count == 16)
    #expect(folder.simulation.gap.session == 0)
  }
}
