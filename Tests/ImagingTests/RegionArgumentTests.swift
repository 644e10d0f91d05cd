import Foundation
import TestSupport
import Testing

@testable import Imaging

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
      let argument = RegionArgument(atlas: folder.path + "/" + image)
      #expect(argument.table == folder.path + "/" + table)
      #expect(argument.image == folder.path + "/" + image)
    }
  }

  @Test("A written table goes before the one beside the image")
  func written() throws {
    try withTemporaryFolder { folder in
      try Data().write(to: folder.appending(path: "a.tsv"))
      let argument = RegionArgument(atlas: folder.path + "/a.nii.gz:other.txt")
      #expect(argument.table == "other.txt")
      #expect(argument.image == folder.path + "/a.nii.gz")
      #expect(argument.name == "a")
    }
  }

  @Test("A file whose name holds a colon is taken as it is")
  func colon() throws {
    try withTemporaryFolder { folder in
      let path = folder.path + "/10:30.nii.gz"
      try Data().write(to: URL(filePath: path))
      #expect(RegionArgument(atlas: path).image == path)
      #expect(RegionArgument(atlas: path + ":t.tsv").image == path)
    }
  }

  @Test("The name of an atlas is its file name without the endings")
  func name() {
    #expect(RegionArgument(atlas: "x.y/sub-01_dseg.nii.gz").name == "sub-01")
    #expect(RegionArgument(atlas: "prf-visualrois.nii.gz").name == "prf-visualrois")
    #expect(RegionArgument(atlas: "nowhere.nii").table == nil)
  }

  @Test("A mask has a name and a path")
  func mask() throws {
    let argument = try RegionArgument(mask: "FFA=masks/a=b.nii.gz")
    #expect(argument.name == "FFA")
    #expect(argument.image == "masks/a=b.nii.gz")
    for text in ["FFA", "=a.nii", "FFA="] {
      #expect(throws: ImagingError.malformedMask(text: text)) { try RegionArgument(mask: text) }
    }
  }
}
