import ChiasmFiles
import ChiasmLinearAlgebra
import ChiasmReporting
import ChiasmResponses
import Foundation
import TestSupport
import Testing

@testable import ChiasmResults
@testable import ChiasmWorkflows

@Suite("Contract of comparisons of dissimilarities")
struct DissimilaritiesContract {
  /// The RDM of a stage by the definition, in double precision.
  private func matrix(_ responses: Matrix<Float>, _ distance: String) -> [Double] {
    let rows = (0..<responses.rowCount).map { responses.row($0).map(Double.init) }
    return rows.flatMap { one in
      rows.map { other in
        guard distance == "pearson" else {
          return zip(one, other).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        }
        func centred(_ row: [Double]) -> [Double] {
          let mean = row.reduce(0, +) / Double(row.count)
          return row.map { $0 - mean }
        }
        func product(_ one: [Double], _ other: [Double]) -> Double {
          zip(centred(one), centred(other)).reduce(0) { $0 + $1.0 * $1.1 }
        }
        return 1 - product(one, other) / (product(one, one) * product(other, other)).squareRoot()
      }
    }
  }

  /// The RDMs of a set of `comparison`, in an archive with the names of the stimuli.
  private func write(
    _ folder: ResponseFolder, _ name: String, _ stages: [String], _ distance: String
  ) throws -> String {
    let path = folder.path("\(name)-\(distance).npz")
    let arrays = try stages.map { stage in
      (
        name: stage,
        array: NumpyArray(
          shape: [20, 20],
          elements: .float64(matrix(try folder.responses("\(name)/\(stage)"), distance)))
      )
    }
    let ids = NumpyArray(shape: [20], elements: .strings(ResponseFolder.stimuli))
    // Text that names no stimuli is passed over.
    let subject = NumpyArray(shape: [1], elements: .strings(["sub-01"]))
    try NumpyArchive.write(
      arrays + [("stimulus_id", ids), ("subject", subject)], to: path, replacing: true)
    return path
  }

  @Test(
    "RDMs of responses have the values, nulls and intervals of the responses, on either side",
    arguments: [
      ("pearson", ["rsa", "rsa-pearson-pearson", "rsa-pearson-cosine"]),
      (
        "euclidean",
        [
          "rsa-euclidean-spearman", "rsa-euclidean-pearson", "cka", "cka-debiased", "cka-rbf-0.5",
          "cka-rbf-2.0-debiased",
        ]
      ),
    ])
  func twoWays(_ distance: String, _ measures: [String]) async throws {
    try await withResponses { folder in
      var settings = try folder.comparison(measures)
      // Of the two units of c every correlation is 1 or -1, and rounding breaks the ties.
      let targets = distance == "pearson" ? ["a"] : ["a", "c"]
      settings.targetStages = targets
      (settings.permutationCount, settings.bootstrapCount, settings.seed) = (4, 5, 3)
      let expected = try await folder.measured(settings)
      let source = try write(folder, "brain", ["V1", "V2"], distance)
      let target = try write(folder, "model", targets, distance)
      for (isSource, isTarget) in [(true, false), (false, true), (true, true)] {
        var other = settings
        if isSource { (other.source, other.sourceContent) = (source, .dissimilarities) }
        if isTarget { (other.target, other.targetContent) = (target, .dissimilarities) }
        for (found, expected) in zip(try await folder.measured(other), expected) {
          let tables = [found.values] + found.permuted + found.resampled
          let others = [expected.values] + expected.permuted + expected.resampled
          for (table, other) in zip(tables, others) {
            #expect(
              zip(table.elements, other.elements).allSatisfy { abs($0 - $1) < 1e-9 },
              "\(found.measure)")
          }
        }
      }
    }
  }

  /// Five stimuli, as in the .mat files that SciPy wrote.
  private static let five: [Double] = [
    0, 1, 2, 3, 4, 1, 0, 5, 6, 7, 2, 5, 0, 8, 9, 3, 6, 8, 0, 10, 4, 7, 9, 10, 0,
  ]
  private static let list: [Double] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]

  private func sets(
    _ path: String, _ target: String? = nil, stages: [String]? = nil
  ) throws -> (ComparisonInput, ComparisonSettings) {
    var settings = ComparisonSettings(source: path, target: target ?? path)
    (settings.sourceContent, settings.targetContent) = (.dissimilarities, .dissimilarities)
    (settings.sourceStages, settings.targetStages) = (stages, stages)
    settings.measures = MeasureCatalogue.ofDissimilarities
    return (try ComparisonInput(reading: settings), settings)
  }

  @Test("Stimuli that come twice are told with the file and its array, or the table")
  func duplicates() throws {
    try withTemporaryFolder { folder in
      let names = ["a", "b", "a", "c", "d"]
      let matrix = NumpyArray(shape: [5, 5], elements: .float64(Self.five))
      let archive = folder.appending(path: "rdm.npz").path
      try NumpyArchive.write(
        [("rdm", matrix), ("stimulus_id", NumpyArray(shape: [5], elements: .strings(names)))],
        to: archive)
      let array = folder.appending(path: "rdm.npy").path
      try matrix.write(to: array)
      try Table(columns: ["stimulus_id"], rows: names.map { [$0] })
        .write(to: array + ".stimuli.tsv")
      for (path, place) in [
        (archive, "rdm.npz: its array stimulus_id"),
        (array, "rdm.npy.stimuli.tsv: its column stimulus_id"),
      ] {
        let error = expectFailure(place, "more than once (1 in all, such as a)") {
          _ = try sets(path)
        }
        #expect(error?.category == .badData)
        #expect(error?.description.contains("repeat of stimuli.tsv") == false)
      }
    }
  }

  @Test("A matrix, a stack of them, a list and several lists are RDMs; several are numbered")
  func shapes() throws {
    try withTemporaryFolder { folder in
      let (five, list) = (Self.five, Self.list)
      let last = five.flatMap { [$0, 2 * $0] }
      for (number, (shape, values, names)) in [
        ([5, 5], five, ["rdm 0"]),
        ([2, 5, 5], five + five.map { 2 * $0 }, ["rdm 1_1", "rdm 1_2"]),
        ([5, 5, 2], last, ["rdm 2_1", "rdm 2_2"]), ([10], list, ["rdm 3"]),
        ([2, 10], list + list.map { 2 * $0 }, ["rdm 4_1", "rdm 4_2"]),
        ([1, 5, 5], five, ["rdm 5"]),
      ].enumerated() {
        let path = folder.appending(path: "rdm \(number).npy").path
        try NumpyArray(shape: shape, elements: .float64(values)).write(to: path)
        let pair = try sets(path).0.pair
        #expect(pair.source.stages.map(\.name) == names)
        #expect(pair.source.dissimilarities?.stages.first?.matrix.elements == five)
        #expect(
          pair.source.dissimilarities?.stages.last?.matrix.elements
            == five.map { $0 * Double(names.count) })
      }
    }
  }

  @Test(".mat files give their stimuli, and the last axis of a stack counts the RDMs")
  func matlab() throws {
    for name in ["variables", "compressed"] {
      let path = SharedData.packageRoot
        .appending(path: "Tests/FilesTests/Reference/\(name).mat").path
      // The array 'rows' could be two lists for three stimuli.
      expectFailure("rows_1", "3 rows", "5 stimuli") { _ = try sets(path) }
      let pair = try sets(path, stages: ["subjects_3", "rdm"]).0.pair
      #expect(pair.stimulusIDs == ["face", "house", "Übung", "a b", "5"])
      let values = Self.five.map { $0 / 8 }
      let stages = try #require(pair.source.dissimilarities).stages
      #expect(stages[1].matrix.elements == values)
      #expect(stages[0].matrix.elements == values.map { 4 * $0 })
    }
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "two.npy").path
      try NumpyArray(shape: [5, 7], elements: .float64(Self.five + Self.list)).write(
        to: path)
      expectFailure("no RDM", "two [5, 7]", "stimuli × stimuli") { _ = try sets(path) }
      expectFailure("7.3", "-v7") {
        let newer = folder.appending(path: "newer.mat").path
        let header = "MATLAB 7.3 MAT-file" + String(repeating: " ", count: 200)
        try Data(header.utf8).write(to: URL(filePath: newer))
        _ = try sets(newer)
      }
    }
  }

  @Test(
    "Names of stimuli in a .mat file are also rows of char and whole numbers",
    arguments: [
      ("chars", ["face", "house", "a b", "5", "six"]), ("numbers", ["30", "1", "200", "4", "5"]),
    ])
  func matlabNames(_ name: String, _ ids: [String]) throws {
    let path = SharedData.packageRoot
      .appending(path: "Tests/FilesTests/Reference/\(name).mat").path
    #expect(try sets(path).0.pair.stimulusIDs == ids)
  }

  @Test("Names come from the file, from --stimuli, from a table beside, or are numbers with a note")
  func names() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "rdm.npy").path
      let table = folder.appending(path: "names.tsv").path
      try NumpyArray(shape: [5, 5], elements: .float64(Self.five)).write(to: path)
      var (input, settings) = try sets(path)
      #expect(input.pair.stimulusIDs == ["1", "2", "3", "4", "5"])
      #expect(input.notes.contains { $0.contains("Neither") && $0.contains("--stimuli") })
      #expect(input.notes.contains { $0.contains("cka takes them for squared") })
      try Data("stimulus_id\ne\nd\nc\nb\na\n".utf8).write(to: URL(filePath: table))
      settings.stimuli = table
      input = try ComparisonInput(reading: settings)
      #expect(input.pair.stimulusIDs == ["e", "d", "c", "b", "a"] && input.files.contains(table))
      #expect(!input.notes.contains { $0.contains("Neither") })
      #expect(input.pair.source.dissimilarities?.stages[0].matrix.elements == Self.five)
      let beside = path + ".stimuli.tsv"
      try FileManager.default.moveItem(atPath: table, toPath: beside)
      #expect(try sets(path).0.pair.stimulusIDs == ["e", "d", "c", "b", "a"])
      #expect(try sets(path).0.files.contains(beside))
      let other = folder.appending(path: "other.npy").path
      try NumpyArray(shape: [5, 5], elements: .float64(Self.five)).write(to: other)
      expectFailure("other.npy", "does not name its stimuli", "--stimuli") {
        _ = try sets(path, other)
      }
      settings.source = beside
      settings.sourceContent = .dissimilarities
      expectFailure("named as a table of something else", "stimuli.tsv") {
        _ = try ComparisonInput(reading: settings)
      }
    }
  }

  @Test(
    "RDMs in safetensors and text files are those of an .npy, and a list of a side goes before all")
  func otherFiles() throws {
    try withTemporaryFolder { folder in
      func path(_ name: String) -> String { folder.appending(path: name).path }
      let array = NumpyArray(shape: [5, 5], elements: .float64(Self.five))
      let names = ["e", "d", "c", "b", "a"].joined(separator: "\n")
      try SafetensorsFile.write(
        [("rdm", array)], metadata: ["stimulus_id": names], to: path("rdm.safetensors"))
      let rows = (0..<5).map { row in
        "\("edcba".map(String.init)[row]),"
          + Self.five[5 * row..<5 * row + 5].map { "\($0)" }.joined(separator: ",")
      }
      try TextFile.write(
        (["stimulus_id,e,d,c,b,a"] + rows).joined(separator: "\n"), to: path("rdm.csv"))
      try TextFile.write("1\n2\n3\n4\n5\n", to: path("names.txt"))
      for name in ["rdm.safetensors", "rdm.csv", "rdm.safetensors:rdm"] {
        var (input, settings) = try sets(path(name))
        #expect(input.pair.stimulusIDs == ["e", "d", "c", "b", "a"], "\(name)")
        #expect(input.pair.source.dissimilarities?.stages[0].matrix.elements == Self.five)
        (settings.sourceStimuli, settings.targetStimuli) = (path("names.txt"), path("names.txt"))
        input = try ComparisonInput(reading: settings)
        #expect(input.pair.stimulusIDs == ["1", "2", "3", "4", "5"])
        #expect(input.pair.source.dissimilarities?.stages[0].matrix.elements == Self.five)
        #expect(input.files.contains(path("names.txt")))
      }
    }
  }

  @Test("Measures that need responses are refused before any work, and what is given in vain too")
  func refusals() async throws {
    try await withResponses { folder in
      _ = try folder.comparison([])
      let path = try write(folder, "brain", ["V1", "V2"], "euclidean")
      var (input, settings) = try sets(path)
      settings.measures = ["cka", "procrustes"]
      let error = expectFailure("procrustes", "needs responses", "rsa and cka") {
        _ = try ComparisonRun(input, settings)
      }
      #expect(error?.category == .usage)
      settings.stimuli = try folder.table("names.tsv", ["stimulus_id"] + ResponseFolder.stimuli)
      expectFailure("--stimuli", "left out") { input = try ComparisonInput(reading: settings) }
      expectFailure("V9", "V1, V2") { _ = try sets(path, stages: ["V9"]) }
    }
  }

  @Test("The record says that RDMs were read, and the terminal how many")
  func record() async throws {
    try await withResponses { folder in
      _ = try folder.comparison([])
      let path = try write(folder, "brain", ["V1", "V2"], "euclidean")
      let (input, settings) = try sets(path, stages: ["V2"])
      let result = try await ComparisonRun(input, settings).run(command: "", threads: 1)
      #expect(result.source.input == .dissimilarities && result.source.units == [0])
      #expect(result.source.stages == ["V2"] && !result.provenance.inputs.isEmpty)
      let output = try OutputFolder(path: folder.path("out"))
      try result.write(to: output)
      try output.commit()
      let text = try Inspection(path: folder.path("out")).report.text(width: 400)
      #expect(text.contains("1 RDM, 20 stimuli"))
      let reading = try ComparisonReading(ReportSettings(alignment: folder.path("out")))
      let methods = ComparisonMethods(reading: reading).paragraph
      #expect(methods.contains("Dissimilarities (RDMs) of 1 source stage (V2) were compared"))
      #expect(methods.contains("as they were given") && !methods.contains("response patterns"))
    }
  }
}
