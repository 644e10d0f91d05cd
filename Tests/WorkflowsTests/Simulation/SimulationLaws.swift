import ChiasmFiles
import ChiasmImaging
import Testing

@testable import ChiasmWorkflows

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
