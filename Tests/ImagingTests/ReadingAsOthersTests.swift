import ChiasmResponses
import Foundation
import TestSupport
import Testing

@testable import ChiasmImaging

@Suite("Laws of reading what other programs leave")
struct ReadingAsOthersTests {
  private func reader<Result>(
    _ image: NIfTIBytes, compressed: Bool = false, _ body: (NIfTIReader) throws -> Result
  ) throws -> Result {
    try withTemporaryFolder { folder in
      let bytes = compressed ? try folder.gzip(image.file) : image.file
      return try body(NIfTIReader(path: folder.put(bytes, "a.nii")))
    }
  }

  private func reals(_ values: [Double], volumes: Int = 1) -> NIfTIBytes {
    NIfTIBytes(
      values.map { Float($0).bitPattern }, shape: [values.count / volumes, 1, 1, volumes],
      datatype: 16)
  }

  private func mask(_ values: [Double], threshold: Double? = nil) throws -> [Int] {
    try reader(reals(values)) { try $0.readMask(threshold: threshold).voxels }
  }

  @Test("A mask is 0 and one other value; negative and NaN are outside")
  func masks() throws {
    #expect(try mask([0, 1, 0, 1]) == [1, 3])
    #expect(try mask([0.5, 0, 0.5]) == [0, 2])
    #expect(try mask([-1, 0, 1, .nan, -3]) == [2])
    #expect(try mask([0, -1]) == [])
    #expect(try mask([255, 255]) == [0, 1])
  }

  @Test("Other values are no mask, and the error tells them and the way out")
  func noMasks() throws {
    let cases: [([Double], String)] = [
      ([0, 1, 2, 3], "4 different values (0, 1, 2, 3)"), ([0, 0.25, 1], "0, 0.25, 1"),
      ([-1e-15, 0, 1e-15, 1], "3 different values"), ([0, .infinity], "inf"),
      ((0..<2000).map(Double.init), "more than 1000 different values (such as 0, "),
    ]
    for (values, words) in cases {
      let error = #expect(throws: ImagingError.self) { try mask(values) }
      for word in [words, "--atlas FILE", "FILE@0.5"] {
        #expect(error?.description.contains(word) == true, "\(String(describing: error))")
      }
    }
  }

  @Test("A threshold takes what reaches it, by float32's measure")
  func thresholds() throws {
    // 0.9 as float32 is below 0.9.
    #expect(try mask([0, 0.02, 0.9, 1, .nan, -1], threshold: 0.9) == [2, 3])
    #expect(try mask([0.499, 0.5, 0.501], threshold: 0.5) == [1, 2])
  }

  @Test("One volume of several is read by its number from 0")
  func volumes() throws {
    let image = reals([0, 1, 0, 2, 5, 0], volumes: 3)
    #expect(try reader(image) { try $0.readLabels(volume: 1).labels } == [0, 2])
    #expect(try reader(image) { try $0.readMask(volume: 2).voxels } == [0])
    #expect(try reader(image) { try $0.readOne(volume: 0, voxels: [1]) } == [1])
    let none = #expect(throws: ImagingError.self) { try reader(image) { try $0.readMask() } }
    #expect(none?.description.contains("3 volumes") == true)
    let beyond = #expect(throws: ImagingError.self) {
      try reader(image) { try $0.readLabels(volume: 3) }
    }
    #expect(beyond?.description.contains("from 0 to 2") == true)
  }

  @Test("Labels that float64 lost to an int16 header with a slope are whole numbers again")
  func labelsWithSlope() throws {
    // What nibabel writes for the labels 0, 1, 2, 3.
    var image = NIfTIBytes([-32768, -10923, 10922, 32767] as [Int16], shape: [4], datatype: 4)
    (image.slope, image.intercept) = (4.577706567943096e-05, 1.5000228881835938)
    let (labels, notes) = try reader(image) { (try $0.readLabels().labels, $0.notes) }
    #expect(labels == [0, 1, 2, 3])
    #expect(notes.count == 1 && notes[0].contains("float32") && notes[0].contains("read as 1"))
    let exact = try reader(reals([0, 1, 3])) { (try $0.readLabels().labels, $0.notes) }
    #expect(exact.0 == [0, 1, 3] && exact.1.isEmpty)
    let near = [Double(Float(1).nextDown), Double(Float(3).nextUp)]
    #expect(try reader(reals(near)) { try $0.readLabels().labels } == [1, 3])
    for value in [1.00001, 0.99999, 2.5] {
      #expect(throws: ImagingError.self) { try reader(reals([value])) { try $0.readLabels() } }
    }
  }

  @Test(
    "The datatype is followed where the size of the file agrees with it", arguments: [false, true])
  func bitpix(_ compressed: Bool) throws {
    for bits in [32, 0, 1, 16] {
      var image = NIfTIBytes([1, 2, 3] as [UInt8], shape: [3], datatype: 2)
      image.bitpix = bits
      let (values, notes) = try reader(image, compressed: compressed) {
        (try $0.readAll(), $0.notes)
      }
      #expect(values == [1, 2, 3])
      #expect(notes.count == 1 && notes[0].contains("bitpix is \(bits)"))
    }
  }

  @Test("A form that is not in use need not make sense, and is not written again")
  func unusedForms() throws {
    for change in [0, 1] {
      var image = NIfTIBytes()
      image.qformCode = 1
      if change == 0 { image.pixdim[2] = .nan } else { image.quaternion[1] = .nan }
      try withTemporaryFolder { folder in
        let reader = try NIfTIReader(path: folder.put(image.file, "a.nii"))
        #expect(reader.grid.affine.rows[0] == [2, 0, 0, -10])
        #expect(reader.notes.count == 1 && reader.notes[0].contains("sform"))
        let path = folder.appending(path: "b.nii").path
        try NIfTIWriter.write([[1, 2]], to: path, like: reader.header)
        let copy = try NIfTIHeader(path: path)
        #expect(copy.notes.isEmpty && copy.affine == reader.header.affine)
        #expect(copy.qformCode == 0)
      }
    }
  }

  @Test("An affine in use without a volume is refused, whatever makes it flat")
  func flatAffines() throws {
    let flat: [[Double]] = [
      [Double](repeating: 0, count: 12), [2, 0, 0, 1, 0, 2, 0, 1, 0, 0, 0, 1],
      [1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0],
      // Rank 2 but for the rounding of float32.
      [0.1, 0.3, 0.4, 0, 0.7, 0.2, 0.9, 0, 0.3, 0.6, 0.9, 0],
    ]
    for rows in flat {
      var image = NIfTIBytes()
      (image.qformCode, image.sform) = (1, rows)
      let header = try reader(image) { $0.header }
      let error = #expect(throws: ImagingError.self) { try header.requireVolume(path: "a.nii") }
      #expect(error?.description.contains("sform") == true)
      #expect(error?.description.contains("sform_code to 0") == true)
      #expect(header.affine.inverse == nil)
    }
    try reader(NIfTIBytes()) { try $0.header.requireVolume(path: "a.nii") }
    let tiny = Affine(rows: [[1e-9, 0, 0, 0], [0, 1e-9, 0, 0], [0, 0, 1e-9, 0]])
    #expect(tiny.hasVolume)
  }
}
