import Foundation
import TestSupport
import Testing

@testable import ChiasmFiles

@Suite("Contract: files of arrays are opened by what they hold")
struct ArrayFilesContract {
  @Test("A place may name one array; a file of the whole name goes before")
  func places() throws {
    try withTemporaryFolder { folder in
      func path(_ name: String) -> String { folder.appending(path: name).path }
      let array = NumpyArray(shape: [1, 1], elements: .float32([1]))
      let names = NumpyArray(shape: [1], elements: .strings(["s"]))
      try NumpyArchive.write(
        [("a", array), ("b:c", array), ("stimulus_id", names)], to: path("x.npz"))
      for (place, found) in [
        ("x.npz", ["a", "b:c", "stimulus_id"]), ("x.npz:a", ["a", "stimulus_id"]),
        ("x.npz:/a", ["a", "stimulus_id"]), ("x.npz:b:c", ["b:c", "stimulus_id"]),
      ] {
        let file = try #require(try ArrayFiles.open(path(place)))
        #expect(file.names == found && file.path == path("x.npz"), "\(place)")
      }
      expectError("x.npz", "no array 'd'", "'a', 'b:c'") {
        _ = try ArrayFiles.open(path("x.npz:d"))
      }
      for place in ["y.npz:a", "x.npz:"] {
        #expect(throws: ArrayFileError.missing(path: path(place))) {
          _ = try ArrayFiles.open(path(place))
        }
      }
      try array.write(to: path("x.npz:a"))
      #expect(try ArrayFiles.open(path("x.npz:a"))?.names == ["x.npz:a"])
    }
  }

  @Test("A pickle is refused with the line of Python that makes a readable file")
  func pickles() throws {
    try withTemporaryFolder { folder in
      func refusal(_ name: String, _ bytes: [UInt8], _ words: String...) throws {
        let path = folder.appending(path: name).path
        try Data(bytes).write(to: URL(filePath: path))
        for word in words { expectError(path, word) { _ = try ArrayFiles.open(path) } }
      }
      let pickle: [UInt8] = [0x80, 4, 0x95, 0]
      try refusal("x.pkl", pickle, "Python pickle", "pickle.load(open('", "x.npz")
      try refusal("x.pt", pickle, "PyTorch", "weights_only=True")
      try refusal(
        "y.pth",
        try ZipFile.archive([("archive/data.pkl", pickle)], isCompressed: false, path: "y.pth"),
        "PyTorch", "weights_only=True", "y.npz")
      let objects = try bytes("pickle.npy")
      try refusal("x.npy", objects, "Python objects", "allow_pickle=True")
      try refusal(
        "TYPED_FITHRF_GLMDENOISE_RR.npy", objects, "GLMsingle", "wanthdf5", "wantfileoutputs")
      try refusal("it's.pkl", pickle, "open('FILE'")
    }
    for name in ["bfloat16", "float8"] {
      expectError("ml_dtypes", "astype('float32')") {
        _ = try ArrayFiles.open(reference("\(name).npy"))
      }
    }
  }
}
