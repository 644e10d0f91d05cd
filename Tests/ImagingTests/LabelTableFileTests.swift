import Foundation
import TestSupport
import Testing

@testable import ChiasmImaging

@Suite("Label tables: files")
struct LabelTableFileTests {
  @Test("A table is read from a file, with or without a byte order mark")
  func reading() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "labels.txt").path
      try Data("\u{FEFF}index\tname\n135\tÄrea 1\n".utf8).write(to: URL(filePath: path))
      #expect(try LabelTable.read(path: path).name(of: 135) == "Ärea 1")
    }
  }

  @Test("A missing file, a folder and an image are errors that name the path")
  func refusing() throws {
    try withTemporaryFolder { folder in
      let image = folder.appending(path: "image.nii").path
      try Data([92, 1, 0, 0, 1, 2]).write(to: URL(filePath: image))
      for path in [folder.path + "/none.tsv", folder.path, image] {
        let error = #expect(throws: ImagingError.self) { try LabelTable.read(path: path) }
        #expect(error?.description.hasPrefix(path) == true)
      }
    }
  }

  @Test("A text beside an image that is no table of it is left, and a damaged table is an error")
  func beside() throws {
    func found(_ files: [(String, String)]) throws -> LabelTable.Neighbour {
      try withTemporaryFolder { folder in
        for (name, text) in files { _ = try folder.put(Array(text.utf8), name) }
        return try LabelTable.beside(
          ImageArgument(path: folder.path + "/a.nii.gz"), labels: [0, 1, 2])
      }
    }
    #expect(try found([]).notes.isEmpty)
    #expect(try found([("a.txt", "1 V1\n2 V2\n")]).table?.entries.count == 2)
    for readme in [
      "An atlas.\nIt was made by hand.\n1 mm voxels.\n", "Atlas of X\n2019 release\n",
      "Atlas\n", "\u{0}",
    ] {
      let alone = try found([("a.txt", readme)])
      #expect(alone.table == nil && alone.path == nil)
      #expect(alone.notes.count == 1 && alone.notes[0].contains("a.txt is not taken"))
      let both = try found([("a.txt", readme), ("a.lut", "1 V1\n2 V2\n")])
      #expect(both.table?.entries.count == 2 && both.path?.hasSuffix("a.lut") == true)
    }
    for damaged in ["1 V1\n2 V2\nx V3\n", "index\tname\nx\tV1\n", "1 V1\n1 V2\n"] {
      #expect(throws: ImagingError.self) { try found([("a.txt", damaged)]) }
    }
  }
}
