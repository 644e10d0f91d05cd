import Foundation
import TestSupport
import Testing

@testable import Imaging

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
}
