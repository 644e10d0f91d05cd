import Foundation
import TestSupport
import Testing

@testable import ChiasmImaging

@Suite("Regions: what a user writes")
struct RegionArgumentTests {
  @Test(
    "A table beside the image is found",
    arguments: [
      ("a_dseg.nii.gz", "a_dseg.tsv"), ("a.nii.gz", "a_dseg.tsv"), ("a.nii", "a.tsv"),
      ("HCPEx.nii", "HCPEx.txt"), ("a.hdr", "a.ctab"), ("a.nii.gz", "a.xml"),
    ])
  func beside(image: String, table: String) throws {
    try withTemporaryFolder { folder in
      try Data().write(to: folder.appending(path: table))
      let argument = try RegionArgument(atlas: folder.path + "/" + image)
      #expect(argument.image.tablesBeside == [folder.path + "/" + table])
      #expect(argument.image.path == folder.path + "/" + image)
      #expect(argument.image.table == nil)
    }
  }

  @Test("A table stands after a colon, and a colon alone declines one")
  func written() throws {
    let argument = try RegionArgument(atlas: "b/a.nii.gz:other#1@2:3.txt")
    #expect(argument.image.table == "other#1@2:3.txt")
    #expect(argument.image.path == "b/a.nii.gz" && argument.name == "a")
    #expect(try RegionArgument(atlas: "a.nii.gz:").image.table == "")
    #expect(try RegionArgument(atlas: "a.nii.gz#2:").image.table == "")
  }

  @Test("A volume counts from 0, a threshold is above 0, and they stand in this order")
  func parts() throws {
    let both = try ImageArgument("p/prob.nii.gz#3@0.5")
    #expect(both.path == "p/prob.nii.gz" && both.volume == 3 && both.threshold == 0.5)
    #expect(try ImageArgument("a.nii#0").volume == 0)
    #expect(try ImageArgument("a.hdr@1e-3").threshold == 1e-3)
    #expect(try RegionArgument(atlas: "rois.nii#1:t.tsv").name == "rois#1")
    for text in [
      "a.nii#", "a.nii#x", "a.nii#-1", "a.nii#1.5", "a.nii@", "a.nii@0", "a.nii@-2", "a.nii@nan",
      "a.nii@inf", "a.nii@0.5#3", "a.nii#1#2",
    ] {
      let error = #expect(throws: ImagingError.self) { try ImageArgument(text) }
      #expect(error?.description.contains("\"\(text)\"") == true)
    }
  }

  @Test("What an option cannot use is refused: labels by a threshold, a mask with a table")
  func misplaced() {
    #expect(throws: ImagingError.self) { try RegionArgument(atlas: "a.nii@0.5") }
    #expect(throws: ImagingError.self) { try RegionArgument(mask: "V1=a.nii:t.tsv") }
    #expect(throws: ImagingError.self) { try ImageArgument(mask: "a.nii:") }
    #expect(throws: ImagingError.self) { try ImageArgument(values: "a.nii@0.5") }
  }

  @Test(
    "A file of the whole name goes before its parts, then the longest that is a file",
    arguments: ["10:30.nii.gz", "a@0.5.nii.gz", "b#3", "c.nii.gz#1", "d.nii@2"])
  func wholeName(_ name: String) throws {
    try withTemporaryFolder { folder in
      let path = folder.path + "/" + name
      try Data().write(to: URL(filePath: path))
      #expect(try ImageArgument(path) == ImageArgument(path: path))
      let parts = try ImageArgument(path + "#1:t.tsv")
      #expect(parts.path == path && parts.volume == 1 && parts.table == "t.tsv")
      // A folder is no image.
      let inner = folder.path + "/e"
      try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: true)
      #expect(try ImageArgument(inner + "@1/x.nii").path == inner + "@1/x.nii")
    }
  }

  @Test("The name of an atlas is its file name without the endings")
  func name() throws {
    #expect(try RegionArgument(atlas: "x.y/sub-01_dseg.nii.gz").name == "sub-01")
    #expect(try RegionArgument(atlas: "prf-visualrois.nii.gz").name == "prf-visualrois")
    #expect(try RegionArgument(atlas: "nowhere.nii").image.tablesBeside.isEmpty)
  }

  @Test("A mask has a name and a path")
  func mask() throws {
    let argument = try RegionArgument(mask: "FFA=masks/a=b.nii.gz#2@0.5")
    #expect(argument.name == "FFA")
    #expect(argument.image.path == "masks/a=b.nii.gz")
    #expect(argument.image.volume == 2 && argument.image.threshold == 0.5)
    for text in ["FFA", "=a.nii", "FFA="] {
      #expect(throws: ImagingError.malformedMask(text: text)) { try RegionArgument(mask: text) }
    }
  }
}
