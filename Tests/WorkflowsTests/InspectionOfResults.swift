import ChiasmFiles
import Foundation
import ChiasmStatistics
import ChiasmReporting
import TestSupport
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Response sets, alignments and the rest, inspected")
struct InspectionOfResults {
  /// Writes a model with stages of normal numbers; stage names are those of its files.
  private func writeSet(
    _ stages: [String], stimuli: [String], seed: UInt64, to folder: URL
  ) throws -> String {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Table(columns: ["stimulus_id"], rows: stimuli.map { [$0] })
      .write(to: folder.appending(path: "stimuli.tsv").path)
    var generator = SeededGenerator(seed: seed)
    for stage in stages {
      let values = (0..<stimuli.count * 3).map { _ in Float.random(in: -1...1, using: &generator) }
      try NumpyArray(shape: [stimuli.count, 3], elements: .float32(values))
        .write(to: folder.appending(path: "\(stage).npy").path)
    }
    return folder.path
  }

  private let stimuli = (1...20).map { "s\($0)" }

  @Test("A model without stages.tsv is a response set, with its guesses told")
  func model() throws {
    try withTemporaryFolder { folder in
      let path = try writeSet(["a2", "a10"], stimuli: stimuli, seed: 1, to: folder)
      let found = try ResponseSetFinding(path: path, withValues: true)
      #expect(found.system == "model" && found.stimuli == 20 && found.problems.isEmpty)
      #expect(found.stages.map(\.name) == ["a2", "a10"])
      #expect(found.stages.map(\.units) == [3, 3])
      #expect(found.stages.allSatisfy { $0.values?.nanCount == 0 && $0.datatype == "float32" })
      #expect(found.notes.count == 1)
    }
  }

  @Test("A set that cannot be aligned is inspected, and says why")
  func refused() throws {
    try withTemporaryFolder { folder in
      let path = try writeSet(["a"], stimuli: ["x", "y", "x"], seed: 1, to: folder)
      try NumpyArray(shape: [2, 1], elements: .float32([.nan, 1])).write(to: path + "/short.npy")
      try Table(
        columns: ["name", "file"],
        rows: [["a", "a.npy"], ["short", "short.npy"], ["lost", "lost.npy"]]
      ).write(to: path + "/stages.tsv")
      let found = try ResponseSetFinding(path: path, withValues: true)
      #expect(found.problems.count == 4)
      for part in ["lost.npy: no such file", "such as x", "has 2 rows", "short holds 1 NaN"] {
        #expect(found.problems.contains { $0.contains(part) }, "\(part) of \(found.problems)")
      }
      #expect(found.report.text().contains("'chiasm align' would refuse this set"))
    }
  }

  @Test("A table of repeats that were kept is told from one of averages")
  func repeats() throws {
    try withTemporaryFolder { folder in
      let path = try writeSet(["a"], stimuli: ["x", "y", "x"], seed: 1, to: folder)
      try Table(columns: ["stimulus_id", "repeat"], rows: [["x", "1"], ["y", "1"], ["x", "2"]])
        .write(to: path + "/stimuli.tsv", replacing: true)
      let kept = try ResponseSetFinding(path: path, withValues: false)
      #expect(
        kept.repeats_kept && kept.stimuli == 2 && kept.stimuli_by_repeats == ["1": 1, "2": 1])
      try Table(
        columns: ["stimulus_id", "repeats"], rows: [["x", "3"], ["y", "3"], ["z", "2"]]
      )
      .write(to: path + "/stimuli.tsv", replacing: true)
      let averaged = try ResponseSetFinding(path: path, withValues: false)
      #expect(!averaged.repeats_kept && averaged.stimuli_by_repeats == ["3": 2, "2": 1])
    }
  }

  @Test("The folder of a report says what it is of")
  func page() throws {
    try withTemporaryFolder { folder in
      try Data("<html><title>Alignment of a with b</title>".utf8)
        .write(to: folder.appending(path: "report.html"))
      let figures = folder.appending(path: "figures")
      try FileManager.default.createDirectory(at: figures, withIntermediateDirectories: true)
      try Data().write(to: figures.appending(path: "costs.svg"))
      let found = try Inspection(path: folder.path)
      let text = found.report.text(width: 200)
      #expect(text.contains("report of 'chiasm report'; open its report.html"))
      #expect(text.contains("Alignment of a with b") && text.contains("1 file"))
      #expect(try found.json().contains("\"kind\" : \"report\""))
    }
  }

  @Test("A folder that a tool wrote is a response set, and says of which tool")
  func toolFolder() throws {
    try withTemporaryFolder { folder in
      try TextFile.write("a.jpg\nb.jpg\n", to: folder.appending(path: "file_names.txt").path)
      try NumpyArray(shape: [2, 3], elements: .float32([1, 2, 3, 4, 5, 6]))
        .write(to: folder.appending(path: "features.npy").path)
      let text = try Inspection(path: folder.path).report.text()
      #expect(text.contains("response set of a model"))
      #expect(text.contains("a folder of thingsvision") && text.contains("a.jpg, b.jpg"))
    }
  }

  @Test("An archive with stimulus_id is a response set, one without is a list of arrays")
  func archives() throws {
    try withTemporaryFolder { folder in
      let matrix = NumpyArray(shape: [2, 3], elements: .float32([1, 2, 3, 4, 5, 6]))
      let set = folder.appending(path: "set.npz").path
      let names = NumpyArray(shape: [2], elements: .strings(["x", "y"]))
      try NumpyArchive.write([("stimulus_id", names), ("conv", matrix)], to: set)
      #expect(try Inspection(path: set).report.text().contains("response set of a model"))
      let other = folder.appending(path: "other.npz").path
      try NumpyArchive.write([("conv", matrix)], to: other)
      #expect(try Inspection(path: other).report.text().contains("\n  conv  2 × 3  float32\n"))
    }
  }

  @Test("An alignment shows its couplings, and how known layers fared")
  func alignment() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let source = try writeSet(
      ["A", "B"], stimuli: stimuli, seed: 3, to: folder.appending(path: "source"))
    // The source's own stages are the target's: each is explained by itself at no cost.
    var settings = AlignmentSettings(source: source, target: source)
    settings.splitCount = 2
    let output = try OutputFolder(
      path: folder.appending(path: "alignment").path, replacing: false, markers: [])
    let result = try await AlignmentRun(settings).run(command: "chiasm align", threads: 1) { _ in }
    try result.write(to: output)
    try output.commit()
    let known = folder.appending(path: "known.tsv").path
    try Table(
      columns: ["source_stage", "target_stage"], rows: [["A", "A"], ["B", "A"], ["C", "A"]]
    )
    .write(to: known)

    let path = folder.appending(path: "alignment").path
    let found = try AlignmentFinding(path: path + "/alignment.json", known: known)
    #expect(found.result.places.map(\.least_cost_layer) == ["A", "B"])
    #expect(
      found.known?.targets == ["A": "A", "B": "A"] && found.known?.least_cost_there == 1
        && found.known?.greatest_share_there == 1)
    let text = try Inspection(path: path, known: known).report.text()
    #expect(text.contains("\n  source layer       A       B\n  A             1.0000  0.0000\n"))
    #expect(text.contains("best by score   score  HOT is"))
    #expect(text.contains("hot "))
    #expect(text.contains("Source and target are the same responses: a score of 1 is what"))
    let json = try Inspection(path: path, known: known).json()
    let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    #expect(object?["least_cost_layer"] as? [String] == ["A", "B"])
    #expect((object?["known"] as? [String: Any])?["least_cost_there"] as? Int == 1)
    #expect(object?["coupling"] != nil)
  }

  @Test("Arrays, tables and label tables are told apart")
  func files() throws {
    try withTemporaryFolder { folder in
      let array = folder.appending(path: "a.npy").path
      try NumpyArray(shape: [2], elements: .float64([.nan, 4])).write(to: array)
      let found = try ArrayFinding(path: array, withValues: true)
      #expect(found.values?.maximum == 4 && found.values?.nanCount == 1)
      let square = folder.appending(path: "square.npy").path
      try NumpyArray(shape: [5, 5], elements: .float64(.init(repeating: 0, count: 25)))
        .write(to: square)
      let text = try Inspection(path: square).report.text(width: 200)
      #expect(text.contains("could be an RDM of 5 stimuli, for compare --source-rdm"))
      for (shape, phrase) in [([10], "the list of an RDM"), ([2, 10], "2 lists of RDMs")] {
        let path = folder.appending(path: "list\(shape.count).npy").path
        let values = (0..<shape.reduce(1, *)).map(Double.init)
        try NumpyArray(shape: shape, elements: .float64(values)).write(to: path)
        let list = try Inspection(path: path)
        #expect(list.report.text(width: 200).contains("could be \(phrase) of 5 stimuli, for"))
        #expect(try list.json().contains("\"rdm_stimuli\" : 5"))
      }
      #expect(!found.report.text(width: 200).contains("RDM"))
      let table = folder.appending(path: "t.csv").path
      try Table(columns: ["a", "b"], rows: [["1", "2"]]).write(to: table)
      #expect(try TableFinding(path: table).columns == ["a", "b"])
      let labels = folder.appending(path: "lut.txt")
      try "1 V1\n2 V2\n".write(to: labels, atomically: true, encoding: .utf8)
      #expect(try TableFinding(path: labels.path).kind == "label_table")
    }
  }

  @Test("JSON that describes a table, an image, a dataset or a run is told apart")
  func descriptions() throws {
    try withTemporaryFolder { folder in
      for (text, kind, words) in [
        (
          #"{"cost": {"LongName": "C", "Description": "What it costs"}}"#, "data_dictionary",
          "What it costs"
        ),
        (#"{"RepetitionTime": 2.5, "TaskName": "x"}"#, "sidecar", "2.5"),
        (#"{"Name": "Mine", "BIDSVersion": "1.9.0"}"#, "dataset_description", "Mine"),
        (#"{"elapsed_seconds": 1.5, "threads": 2}"#, "run_record", "1.5"),
        (
          #"{"software": "Chiasm", "command": "chiasm simulate", "inputs": []}"#, "provenance",
          "simulate"
        ),
      ] {
        let file = folder.appending(path: "a.json")
        try Data(text.utf8).write(to: file)
        let found = try Inspection(path: file.path)
        #expect(found.report.text().contains(words), "\(kind)")
        #expect(try found.json().contains("\"kind\" : \"\(kind)\""))
      }
      for text in [#"{"a": 1}"#, "[1, 2]", #"{"a": "#] {
        let file = folder.appending(path: "a.json")
        try Data(text.utf8).write(to: file)
        expectFailure("a.json", "JSON") { _ = try Inspection(path: file.path) }
      }
    }
  }

  @Test("Anything else is refused in one sentence", arguments: ["", "{}", "a\u{0}b", "words"])
  func refusals(content: String) throws {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "file")
      try content.write(to: file, atomically: true, encoding: .utf8)
      for path in [file.path, folder.path] {
        let error = try #require(throws: WorkflowError.self) { try Inspection(path: path) }
        #expect(error.category == .badData && error.description.hasPrefix(path))
      }
      let missing = try #require(throws: WorkflowError.self) {
        try Inspection(path: folder.appending(path: "none").path)
      }
      #expect(missing.category == .inputMissing)
    }
  }

  @Test("Every scheme of the project can be listed and shown")
  func schemes() throws {
    let folder = SharedData.packageRoot.appending(path: "atlases").path
    let list = try CatalogueFinding(folder: folder)
    #expect(list.schemes.map(\.name).contains("nsd"))
    for scheme in list.schemes {
      let text = try Inspection(scheme: scheme.name, in: folder).report.text()
      #expect(text.contains("Regions (") && text.contains("dseg.tsv"))
      #expect(try Inspection(path: "\(folder)/\(scheme.name)").report.text() == text)
    }
  }

  @Test("Known layers are for an alignment only")
  func knownElsewhere() throws {
    let folder = SharedData.packageRoot.appending(path: "atlases").path
    let error = try #require(throws: WorkflowError.self) {
      try Inspection(path: folder, known: "known.tsv")
    }
    #expect(error.category == .usage)
  }
}
