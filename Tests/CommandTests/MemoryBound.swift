import ChiasmResponses
import ChiasmFiles
import Foundation
import ChiasmImaging
import Testing

@Suite("Memory")
struct MemoryBound {
  @Test("extract holds the voxels of the regions and a volume, not the image")
  func extraction() throws {
    try withStudy { study in
      // 49 MB of int16, 197 MB as doubles.
      let grid = Grid(shape: [64, 64, 40], affine: Study.grid.affine)
      let volumeCount = 150
      try write(grid, volumeCount: volumeCount, in: study)
      try study.image(
        "few.nii.gz", [(0..<grid.voxelCount).map { $0 % 100 == 0 ? 1 : 0 }], on: grid)
      try study.text("big.tsv", ["stimulus_id"] + (0..<volumeCount).map { "s\($0)" })
      let peak = try peak(
        of: [
          "extract", "--image", "big.nii.gz", "--trials", "big.tsv", "--roi", "V1=few.nii.gz",
          "--output", "out", "--quiet",
        ], in: study)
      // 1639 voxels × 150 rows, as sums and as responses; a volume stored and as numbers.
      let regions = 1639 * volumeCount * (8 + 4)
      let oneVolume = grid.voxelCount * (2 + 8)
      #expect(peak > 0 && peak < regions + oneVolume + 48 << 20, "\(peak >> 20) MiB")
    }
  }

  @Test("align and compare hold the units that --max-units draws, not the layers")
  func subsample() throws {
    try withStudy { study in
      // Two layers of 96 MB: each row is the one before, shifted.
      let (width, shift) = (1_200_000, 1000)
      let numbers = Study.numbers(width + 20 * shift, seed: 3).map { Float($0) }
      var values: [Float] = []
      for row in 0..<20 { values += numbers[row * shift..<row * shift + width] }
      for name in ["a", "b"] {
        try NumpyArray(shape: [20, width], elements: .float32(values))
          .write(to: study.path("model/\(name).npy"), replacing: true)
      }
      for command in [Study.align, Study.compare] {
        let name = command[0]
        let peak = try peak(
          of: command + [name, "--layers", "a,b", "--max-units", "50", "--quiet"], in: study)
        // Less than one layer.
        #expect(peak > 0 && peak < 20 * width * 4, "\(name): \(peak >> 20) MiB")
      }
    }
  }

  /// Runs to the end and returns the most memory that was taken.
  private func peak(of arguments: [String], in study: Study) throws -> Int {
    let running = try study.program.start(arguments)
    var peak = 0
    while running.process.isRunning {
      peak = max(peak, running.peakMemory)
      usleep(2000)
    }
    let outcome = try running.outcome()
    #expect(outcome.status == 0, "\(outcome.errors)")
    return peak
  }

  /// Writes `big.nii.gz`: a header and two volumes in turns, each a gzip member of its own, which
  /// takes a moment where compressing all of it would take half a minute.
  private func write(_ grid: Grid, volumeCount: Int, in study: Study) throws {
    let numbers = Study.numbers(grid.voxelCount, seed: 1)
    var parts: [Data] = []
    for (number, volume) in [numbers, numbers.reversed()].enumerated() {
      try study.image("\(number).nii", [volume], on: grid)
      var bytes = try Data(contentsOf: study.folder.appending(path: "\(number).nii"))
      // dim[0] and dim[4], 16 bits each.
      (bytes[40], bytes[48], bytes[49]) = (4, UInt8(volumeCount & 255), UInt8(volumeCount >> 8))
      if number == 0 { parts.append(try gzip(bytes.prefix(352), in: study)) }
      parts.append(try gzip(bytes.dropFirst(352), in: study))
    }
    let volumes = (0..<volumeCount).map { parts[1 + $0 % 2] }
    try Data(([parts[0]] + volumes).joined()).write(to: study.folder.appending(path: "big.nii.gz"))
  }

  private func gzip(_ bytes: Data, in study: Study) throws -> Data {
    try bytes.write(to: study.folder.appending(path: "part"))
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["gzip", "-1f", study.path("part")]
    try process.run()
    process.waitUntilExit()
    return try Data(contentsOf: study.folder.appending(path: "part.gz"))
  }
}
