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
      #expect(peak > 0 && peak < regions + oneVolume + 56 << 20, "\(peak >> 20) MiB")
    }
  }

  @Test("extract holds a label a voxel of an atlas, and inspect a block of any file")
  func images() throws {
    try withStudy { study in
      // 8 MB as bytes, 32 MB as labels, 160 MB with numbers and a copy.
      let grid = Grid(shape: [200, 200, 200], affine: Study.grid.affine)
      let volume = (0..<grid.voxelCount).map { $0 % 1000 == 0 ? 1.0 : 0 }
      try study.image("atlas.nii", [volume], on: grid)
      try study.image("wide.nii", [volume, volume.map { 2 * $0 }], on: grid)
      try study.text("two.tsv", ["stimulus_id", "a", "b"])
      try NumpyArray(
        shape: [20, 1_000_000], elements: .float32(.init(repeating: 1, count: 20_000_000))
      )
      .write(to: study.path("wide.npy"))
      let extraction = try peak(
        of: [
          "extract", "--image", "wide.nii", "--trials", "two.tsv", "--atlas", "atlas.nii",
          "--output",
          "out", "--quiet", "--reliability", "none",
        ], in: study)
      // A volume as it is stored comes after the labels.
      #expect(
        extraction > 0 && extraction < grid.voxelCount * 8 + 48 << 20, "\(extraction >> 20) MiB")
      for path in ["atlas.nii", "wide.npy"] {
        let inspection = try peak(of: ["inspect", path, "--values"], in: study)
        #expect(inspection > 0 && inspection < 72 << 20, "\(path): \(inspection >> 20) MiB")
      }
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

  @Test(
    "Pairs that do not fit are refused before any work", arguments: [Study.align, Study.compare])
  func tooLarge(_ command: [String]) throws {
    try withStudy { study in
      let width = 60_000
      let numbers = Study.numbers(20 * width, seed: 1).map { Float($0) }
      for name in ["brain/V1", "model/a"] {
        try NumpyArray(shape: [20, width], elements: .float32(numbers))
          .write(to: study.path("\(name).npy"), replacing: true)
      }
      let before = try study.names()
      let threads = command == Study.align ? ["--threads", "1"] : ["--threads", "4096"]
      let outcome = try study.program.run(
        command + ["out", "--quiet"] + threads, under: "ulimit -v 8000000; exec \"$@\"")
      #expect(outcome.status == 64, "\(outcome.errors)")
      for words in ["V1", "a (60000 × 60000", "8,192,000,000", "--max-units"] {
        #expect(outcome.errors.contains(words), "\(words): \(outcome.errors)")
      }
      #expect(outcome.errors.split(separator: "\n").count == 1)
      #expect(try study.names() == before)
    }
  }

  @Test("Memory that runs out all the same leaves one sentence and no folder")
  func exhausted() throws {
    try withStudy { study in
      try study.set("brain", [("V1", 9000)], seed: 1)
      try study.set("model", [("a", 9000)], seed: 2)
      let before = try study.names()
      // More than the estimate, and less than the program takes with its libraries.
      let outcome = try study.program.run(
        Study.align + ["out", "--quiet", "--threads", "1"],
        under: "ulimit -v 1150000; exec \"$@\"")
      #expect(outcome.status == 70, "\(outcome.status): \(outcome.errors)")
      #expect(outcome.errors.contains("memory ran out"))
      #expect(try study.names() == before)
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
