import ChiasmResponses
import Foundation
import ChiasmImaging
import TestSupport
import Testing

@Suite("Laws of NIfTI headers") struct NIfTIHeaderTests {
  private func header(_ image: NIfTIBytes) throws -> NIfTIHeader {
    try withTemporaryFolder { try NIfTIHeader(path: $0.put(image.file, "a.nii")) }
  }

  @Test("The affine is the sform if it has a code, else the qform, else the voxel sizes")
  func affineInUse() throws {
    var image = NIfTIBytes([UInt8](repeating: 0, count: 24), shape: [2, 3, 4], datatype: 2)
    image.pixdim = [-1, 2, 3, 0.5, 1, 1, 1, 1]
    image.quaternion = [0, 0, 1, 5, 6, 7]  // half a turn about z
    (image.qformCode, image.sformCode) = (1, 4)
    let both = try header(image)
    #expect(both.affine.rows == [[2, 0, 0, -10], [0, 2, 0, -20], [0, 0, 2, -30]])
    #expect((both.qformCode, both.sformCode) == (1, 4))
    image.sformCode = 0
    let qform = try header(image)
    #expect(qform.affine.rows == [[-2, 0, 0, 5], [0, -3, 0, 6], [0, 0, -0.5, 7]])
    image.qformCode = 0
    let neither = try header(image)
    #expect(neither.affine.rows == [[-2, 0, 0, 1], [0, 3, 0, -3], [0, 0, 0.5, -0.75]])
  }

  @Test("An oblique quaternion gives the rotation of the standard's formula", arguments: [1, 2])
  func oblique(_ version: Int) throws {
    var image = NIfTIBytes()
    image.version = version
    (image.qformCode, image.sformCode) = (1, 0)
    image.pixdim = [1, 2, 3, 4, 1, 1, 1, 1]
    image.quaternion = [0.1, -0.2, 0.3, 1, 2, 3]
    let (b, c, d) = (0.1, -0.2, 0.3)
    let a = (1 - b * b - c * c - d * d).squareRoot()
    let rotation = [
      [a * a + b * b - c * c - d * d, 2 * (b * c - a * d), 2 * (b * d + a * c)],
      [2 * (b * c + a * d), a * a + c * c - b * b - d * d, 2 * (c * d - a * b)],
      [2 * (b * d - a * c), 2 * (c * d + a * b), a * a + d * d - b * b - c * c],
    ]
    let rows = try header(image).affine.rows
    for row in 0..<3 {
      #expect(rows[row][3] == Double(row + 1))
      for column in 0..<3 {
        #expect(abs(rows[row][column] - rotation[row][column] * Double(column + 2)) < 1e-6)
      }
    }
  }

  @Test("Texts, intent, units and extensions are read in both versions", arguments: [1, 2])
  func texts(_ version: Int) throws {
    var image = NIfTIBytes()
    image.version = version
    image.text = String(repeating: "x", count: 80)
    image.intent = (1002, "Label")
    image.units = 2 + 16
    let content = Array("<a comment>".utf8) + [UInt8](repeating: 0, count: 13)
    image.extensions = [(6, nil, content), (4, nil, [1, 2, 3, 4, 5, 6, 7, 8])]
    let header = try header(image)
    #expect(header.description == image.text)
    #expect(header.intentCode == 1002 && header.intentName == "Label")
    #expect(header.spatialUnit == .millimetre && header.temporalUnit == .millisecond)
    #expect(
      header.extensions == [
        .init(code: 6, bytes: content), .init(code: 4, bytes: [1, 2, 3, 4, 5, 6, 7, 8]),
      ])
  }

  @Test("An image of one or two dimensions has a grid of three")
  func fewDimensions() throws {
    let image = NIfTIBytes([1, 2, 3] as [UInt8], shape: [3], datatype: 2)
    let header = try header(image)
    #expect(header.shape == [3])
    #expect(header.grid.shape == [3, 1, 1])
    #expect(header.volumeCount == 1)
  }
}
