import ChiasmDatasets
import ChiasmFiles
import ChiasmLinearAlgebra
import ChiasmResponses
import Foundation
import Testing

/// The store of a reference file or folder.
private func store(_ name: String) throws -> any ResponseStore {
  let path = reference(name)
  let isFolder = (try? FileManager.default.contentsOfDirectory(atPath: path)) != nil
  if isFolder { return try #require(try ToolLayouts.store(folder: path)) }
  let file = try #require(try ArrayFiles.open(path))
  return try #require(try ToolLayouts.store(file: file))
}

extension ResponseStore {
  /// The values of a stage, read whole, by columns and by blocks, which must agree.
  fileprivate func values(_ name: String) throws -> [Float] {
    let entry = try #require(entries.first { $0.name == name })
    let shape = try shape(of: entry)
    let whole = try read(entry, columns: nil)
    #expect(whole.responses.rowCount == shape.rowCount && whole.unitCount == shape.unitCount)
    var blocks: [Float] = []
    try forEachBlock(of: entry, rowCount: 2) { block in
      #expect(block.rowCount <= 2)
      blocks += block.elements.map { Float($0) }
    }
    // Of double precision an offset may be taken off.
    let offsets = whole.scale?.offsets ?? [Double](repeating: 0, count: shape.unitCount)
    let values = whole.responses.elements.enumerated().map {
      $1 + Float(offsets[$0 % shape.unitCount])
    }
    #expect(blocks == values)
    let last = try read(entry, columns: [shape.unitCount - 1])
    #expect(last.unitNumbers == [shape.unitCount - 1] && last.fileUnitCount == shape.unitCount)
    #expect(
      last.responses.elements
        == (0..<shape.rowCount).map {
          whole.responses[$0, shape.unitCount - 1]
        })
    return values
  }
}

private func counting(_ range: Range<Int>) -> [Float] { range.map { Float($0) } }

@Suite("Reference: folders of activations as tools write them")
struct ActivationFoldersReference {
  @Test("thingsvision: parts of rows follow one another, names keep folder and ending")
  func parts() throws {
    let store = try store("thingsvision_parts")
    #expect(store.stimulusIDs == ["dog/a.jpg", "dog/b.jpg", "cat/c.jpg"])
    #expect(store.entries.map(\.name) == ["features"] && store.role == .layer)
    #expect(try store.values("features") == counting(0..<12))
    #expect(store.files(of: store.entries).count == 3)
  }

  @Test("thingsvision: a folder a module, in natural order, in any of its formats")
  func modules() throws {
    let store = try store("thingsvision_modules")
    #expect(store.entries.map(\.name) == ["layer2.conv", "layer10.conv"])
    #expect(store.stimulusIDs == ["a.jpg", "b.jpg", "c.jpg"])
    #expect(try store.shape(of: store.entries[0]).axes == [2, 2, 2])
    #expect(try store.values("layer2.conv") == counting(0..<24))
    #expect(try store.values("layer10.conv") == counting(0..<15))
    #expect(store.notes.first?.contains("layer2.conv, layer10.conv") ?? false)
  }

  @Test("Net2Brain: an archive a stimulus")
  func archives() throws {
    let store = try store("net2brain")
    #expect(store.stimulusIDs == ["image_9", "image_10", "image_11"])
    #expect(store.entries.map(\.name) == ["layer2", "layer1"])
    #expect(try store.shape(of: store.entries[0]).axes == [2, 2, 2])
    #expect(try store.values("layer1") == [3, 4, 5, 0, 1, 2, 6, 7, 8])
    #expect(try store.values("layer2").prefix(8) == counting(8..<16)[...])
  }

  @Test("Net2Brain: consolidated, an archive a layer")
  func consolidated() throws {
    let store = try store("net2brain_consolidated")
    #expect(store.stimulusIDs == ["image_2", "image_0", "image_1"])
    #expect(store.entries.map(\.name) == ["fc", "layer1"])
    #expect(try store.values("fc") == [6, 7, 8, 0, 1, 2, 3, 4, 5])
  }

  @Test("Folders that do not fit together are refused")
  func refusals() throws {
    try withTemporaryPath("set") { path in
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
      try TextFile.write("a\nb\n", to: path + "/file_names.txt")
      expectError("no features.npy") { _ = try ToolLayouts.store(folder: path) }
      func array(_ shape: [Int]) -> NumpyArray {
        NumpyArray(
          shape: shape, elements: .float32(counting(0..<shape.reduce(1, *))))
      }
      try array([1, 3]).write(to: path + "/features_1.npy")
      try array([1, 4]).write(to: path + "/features_2.npy")
      let store = try #require(try ToolLayouts.store(folder: path))
      expectError("features_2.npy", "[4]", "[3]") { _ = try store.shape(of: store.entries[0]) }
      let other = path + "2"
      try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: false)
      try NumpyArchive.write([("a", array([1, 3]))], to: other + "/s1.npz")
      try NumpyArchive.write([("a", array([1, 4]))], to: other + "/s2.npz")
      let uneven = try #require(try ToolLayouts.store(folder: other))
      expectError("s2.npz:a", "[4]", "[3]") {
        _ = try uneven.read(uneven.entries[0], columns: nil)
      }
      try NumpyArchive.write([("rdm", array([3, 3]))], to: other + "/r.npz")
      #expect(try ToolLayouts.store(folder: other) == nil)
    }
  }
}

@Suite("Reference: recordings and assemblies as tools write them")
struct RecordingLayoutsReference {
  @Test("Brain-Score: regions of a brain, whose repetitions are averaged")
  func brain() throws {
    let store = try store("assembly_brain.nc")
    #expect(store.role == .region && store.hasRepeats)
    #expect(store.stimulusIDs == ["b", "a", "b", "a"])
    #expect(store.entries.map(\.name) == ["V4", "IT"])
    #expect(try store.values("IT") == [2, 4, 5, 8, 10, 11, 14, 16, 17, 20, 22, 23])
    let set = try store.responses(of: store.entries)
    #expect(set.stimulusIDs == ["b", "a"])
    #expect(set.stages[1].responses.elements == [8, 10, 11, 14, 16, 17])
  }

  @Test("Brain-Score: layers of a model, whose stimuli are paths")
  func model() throws {
    let store = try store("assembly_model.nc")
    #expect(store.role == .layer && !store.hasRepeats)
    #expect(store.stimulusIDs == ["/images/a.jpg", "/images/b.jpg", "/images/c.jpg"])
    #expect(store.entries.map(\.name) == ["features.2", "fc"])
    #expect(try store.values("features.2") == [0, 3, 4, 7, 8, 11])
    expectError("assembly_time.nc", "time_bin", "one time bin") {
      let opened = try ArrayFiles.open(reference("assembly_time.nc"))
      _ = try opened.flatMap { try ToolLayouts.store(file: $0) }
    }
  }

  @Test("bdpy: regions by their keys, names by vmap, imagery left out")
  func bdata() throws {
    let store = try store("bdata.h5")
    #expect(store.role == .region && store.hasRepeats)
    #expect(store.stimulusIDs == ["n01_1", "n02_7", "n03_2", "n01_1", "n02_7"])
    #expect(store.entries.map(\.name) == ["V1", "LOC"])
    #expect(try store.values("V1") == [0, 1, 5, 6, 10, 11, 15, 16, 20, 21])
    #expect(try store.values("LOC").prefix(3) == [1, 3, 4])
    #expect(store.notes.contains { $0.contains("imagery (DataType 3) are left out, 1 of 6") })
  }

  @Test("THINGS-fMRI: voxels × trials with its two tables")
  func things() throws {
    let store = try store("things")
    #expect(store.entries.map(\.name) == ["V1", "hV4"] && store.hasRepeats)
    #expect(store.stimulusIDs.prefix(3) == ["dog_1s.jpg", "cat_2s.jpg", "cup_3s.jpg"])
    #expect(try store.values("V1") == [0, 5, 1, 6, 2, 7, 3, 8, 4, 9])
    let set = try store.responses(of: store.entries)
    #expect(set.stimulusIDs.count == 4 && set.stages[0].responses[2, 0] == 2.5)
    let file = reference("things/sub-01_ResponseData.h5")
    let opened = try #require(try ArrayFiles.open(file))
    let again = try #require(try ToolLayouts.store(file: opened))
    #expect(again.stimulusIDs == store.stimulusIDs)
  }

  @Test("Algonauts 2023: the left hemisphere before the right, names of regions built in")
  func algonauts() throws {
    let store = try store("algonauts")
    #expect(
      store.stimulusIDs
        == ["train-0001_nsd-00010", "train-0002_nsd-00011", "train-0003_nsd-00012"])
    #expect(store.entries.map(\.name) == ["V1", "V2", "hV4"] && store.role == .region)
    #expect(try store.values("V1") == [0, 2, 100, 4, 6, 103, 8, 10, 106])
    #expect(try store.values("V2") == [101, 104, 107])
    #expect(try store.values("hV4") == [3, 7, 11])
  }
}
