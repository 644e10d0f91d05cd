import ChiasmResponses
import Foundation
import TestSupport
import Testing

@testable import ChiasmImaging

private let folder = SharedData.packageRoot.appending(path: "atlases").path
private let schemes = (try? AtlasCatalogue(folder: folder).names) ?? []

@Suite("Atlases: every folder")
struct AtlasFolderTests {
  @Test("The schemes are there")
  func names() {
    let wanted: Set = [
      "nsd", "nsd-visualrois", "nsd-streams", "hcp-mmp1", "hcpex", "wang2015", "juelich",
      "brodmann",
    ]
    #expect(wanted.isSubset(of: schemes))
  }

  /// An image that has every label of a table once.
  private func image(of table: LabelTable) -> LabelImage {
    let labels = table.foreground.map(\.index)
    let affine = Affine(rows: [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]])
    return LabelImage(grid: Grid(shape: [labels.count, 1, 1], affine: affine), labels: labels)
  }

  @Test("Every label of a merge is in a table, and no label is in two regions", arguments: schemes)
  func merges(name: String) throws {
    let scheme = try AtlasCatalogue(folder: folder).scheme(named: name)
    // The tables of nsd belong to two images used together; those of others exclude each other.
    let sets = name == "nsd" ? [scheme.tables] : scheme.tables.map { [$0] }
    for tables in sets {
      let (set, report) = try RegionSet.assembled(
        from: tables.map { .atlas(name: $0.name, image: image(of: $0.table), table: $0.table) },
        merges: scheme.merges)
      #expect(set.regions.allSatisfy { !$0.voxels.isEmpty })
      let used = report.regions.flatMap { $0.labels.map { $0.source + ":" + $0.name } }
      #expect(used.count == Set(used).count)
    }
  }

  @Test("No name stands twice in a table", arguments: schemes)
  func namesAreUnique(name: String) throws {
    for (_, table) in try AtlasCatalogue(folder: folder).scheme(named: name).tables {
      #expect(Set(table.entries.map(\.name)).count == table.entries.count)
    }
  }

  @Test("The README has the headings in order and a text below each", arguments: schemes)
  func readme(name: String) throws {
    let scheme = try AtlasCatalogue(folder: folder).scheme(named: name)
    let sections = scheme.readme.components(separatedBy: "\n## ")
    #expect(
      sections.dropFirst().map { $0.prefix { $0 != "\n" } } == [
        "What it is", "Space", "Volume", "Licence", "Use", "Limits", "References",
      ])
    for section in sections.dropFirst() { #expect(section.split(separator: "\n").count > 1) }
    #expect(scheme.readme.hasPrefix("# \(name)\n"))
    #expect(!scheme.summary.isEmpty)
    #expect(scheme.readme.contains("--regions-from \(name) "))
  }

  @Test("No image is committed", arguments: schemes)
  func noImages(name: String) throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: folder + "/" + name)
    #expect(files.allSatisfy { $0 == "README.md" || $0.hasSuffix(".tsv") })
  }
}

@Suite("Atlases: the catalogue")
struct AtlasCatalogueTests {
  @Test("An unknown scheme is an error that lists those there are")
  func unknownScheme() throws {
    let catalogue = try AtlasCatalogue(folder: folder)
    let error = #expect(throws: ImagingError.self) { try catalogue.scheme(named: "glasser") }
    #expect(error == .unknownScheme(name: "glasser", known: catalogue.names))
    #expect(error?.description.contains("hcp-mmp1") == true)
  }

  @Test("A folder without schemes and a missing folder are errors")
  func noSchemes() throws {
    try withTemporaryFolder { empty in
      for path in [empty.path, empty.path + "/none"] {
        #expect(throws: ImagingError.self) { try AtlasCatalogue(folder: path) }
      }
    }
  }

  @Test(
    "The regions of NSD are V1, V2, V3, hV4 and IT, by the tables that the images' names choose")
  func nsd() throws {
    let scheme = try AtlasCatalogue(folder: folder).scheme(named: "nsd")
    #expect(scheme.merges.map(\.region) == ["V1", "V2", "V3", "hV4", "IT"])
    let visual = try scheme.table(forImage: "prf-visualrois", labels: Int32(1)...7)
    let streams = try scheme.table(forImage: "sub-01_streams", labels: Int32(1)...7)
    #expect(visual.name(of: 5) == "V3v")
    #expect(streams.name(of: 5) == "ventral")
    #expect(throws: ImagingError.self) { try scheme.table(forImage: "rois", labels: Int32(1)...7) }
  }

  @Test(
    "The numbering of HCP-MMP1 is chosen by the labels of the image",
    arguments: [(360, 181, "R_V1"), (380, 201, "R_V1"), (180, 1, "V1")])
  func numbering(greatest: Int32, index: Int32, name: String) throws {
    let scheme = try AtlasCatalogue(folder: folder).scheme(named: "hcp-mmp1")
    let labels = (Int32(1)...greatest).filter { greatest != 380 || !(181...200).contains($0) }
    let table = try scheme.table(forImage: "mmp", labels: labels)
    #expect(table.name(of: index) == name)
  }

  @Test(
    "A part of a volume is not taken for another numbering; where two fit alike, that is an error")
  func partOfVolume() throws {
    let scheme = try AtlasCatalogue(folder: folder).scheme(named: "hcp-mmp1")
    let part = Array(Int32(1)...30) + Array(181...215)
    #expect(try scheme.table(forImage: "mmp", labels: part).name(of: 181) == "R_V1")
    let error = #expect(throws: ImagingError.self) {
      try scheme.table(forImage: "mmp", labels: [1, 201] as [Int32])
    }
    #expect(
      error
        == .ambiguousTable(
          image: "mmp", scheme: "hcp-mmp1", tables: ["dseg.tsv", "right201_dseg.tsv"]))
  }

  @Test("The summary is the first paragraph of the README as one line")
  func summary() throws {
    try withTemporaryFolder { root in
      let scheme = root.appending(path: "mine")
      try FileManager.default.createDirectory(at: scheme, withIntermediateDirectories: true)
      for (file, text) in [
        ("README.md", "# mine\n\nTwo\nlines.\n\n## What\n"), ("dseg.tsv", "index\tname\n1\tV1\n"),
        ("regions.tsv", "region\tlabels\nA\tV1\n"),
      ] { try Data(text.utf8).write(to: scheme.appending(path: file)) }
      let read = try AtlasCatalogue(folder: root.path).scheme(named: "mine")
      #expect(read.summary == "Two lines.")
      #expect(read.merges == [RegionMerge(region: "A", labels: "V1")])
      try Data("region\tlabels\nA\n".utf8).write(to: scheme.appending(path: "regions.tsv"))
      #expect(throws: ImagingError.self) {
        try AtlasCatalogue(folder: root.path).scheme(named: "mine")
      }
    }
  }
}
