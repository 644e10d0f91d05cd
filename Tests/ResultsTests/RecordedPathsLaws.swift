import ChiasmResults
import Testing

@Suite("Laws: paths in records")
struct RecordedPathsLaws {
  @Test("What a note says of a file is written once, whatever folders the paths share")
  func notes() {
    let paths = RecordedPaths.from(folder: "/usr/share")
    let files = ["/dev/data/a.npz", "/dev/data/a", "/dev/b.npy"]
    #expect(
      paths.note("/dev/data/a.npz and /dev/b.npy hold RDMs; /dev/database does not.", naming: files)
        == "../../dev/data/a.npz and ../../dev/b.npy hold RDMs; ../../dev/database does not.")
    #expect(RecordedPaths.asGiven.note("/dev/b.npy", naming: files) == "/dev/b.npy")
  }
}
