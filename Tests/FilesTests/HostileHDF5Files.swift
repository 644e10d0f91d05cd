import ChiasmFiles
import Foundation
import Testing

@Suite("Hostile HDF5 files")
struct HostileHDF5Files {
  /// Reads all of a file and some rows of its datasets, on several threads; nothing but an
  /// `ArrayFileError` may come of it.
  private func read(_ bytes: Data, at path: String) throws {
    try bytes.write(to: URL(filePath: path))
    do throws(ArrayFileError) {
      let file = try HDF5File(path: path)
      for name in file.names {
        guard case .numbers = try file.description(of: name).content else { continue }
        do throws(ArrayFileError) {
          let shape = try file.storedShape(of: name)
          for rowsLast in [true, false] where shape.count > 1 {
            let count = (rowsLast ? shape.last : shape.first) ?? 0
            try file.forEachRow(
              0..<count, of: name, columns: [0], rowsLast: rowsLast, threads: 3
            ) { #expect($0.count == 1) }
          }
          _ = try file.array(name)
        } catch {
          #expect(error.description.hasSuffix("."))
        }
      }
    } catch {
      #expect(error.description.hasSuffix("."))
    }
  }

  @Test("A file that ends early is refused", arguments: ["layouts.h5", "matlab73.mat"])
  func cut(_ name: String) throws {
    let whole = Data(try bytes(name))
    try withTemporaryPath("cut.h5") { path in
      for length in stride(from: 0, to: whole.count, by: 499) {
        try read(whole.prefix(length), at: path)
      }
    }
  }

  @Test("Links of which a damaged file counts more than it has are refused or read")
  func links() throws {
    for name in ["links.h5", "ordered.h5"] {
      let whole = try bytes(name)
      // Where trees and heaps of links begin, which tell how many there are.
      let marks = ["BTHD", "BTLF", "BTIN", "FRHP", "FHDB", "OHDR"].map { Array($0.utf8) }
      let starts = whole.indices.dropLast(64).filter { start in
        marks.contains { whole[start..<start + 4].elementsEqual($0) }
      }
      #expect(starts.count > 2, "\(name)")
      try withTemporaryPath("damaged.h5") { path in
        for place in Set(starts.flatMap { $0 + 4..<$0 + 48 }).sorted() {
          var damaged = whole
          damaged[place] ^= 0x22
          try Data(damaged).write(to: URL(filePath: path))
          do throws(ArrayFileError) {
            let file = try HDF5File(path: path)
            for name in file.names { _ = try file.array(name) }
          } catch {
            #expect(error.description.contains("damaged.h5"))
          }
        }
      }
    }
  }

  @Test("Packed chunks with other bytes are refused or read, within their memory")
  func chunks() throws {
    let whole = try bytes("layouts.h5")
    // Deflated chunks begin with these two bytes.
    let starts = whole.indices.dropLast(40).filter { whole[$0] == 0x78 && whole[$0 + 1] == 0x5E }
    #expect(starts.count > 10)
    var refusals = 0
    try withTemporaryPath("damaged.h5") { path in
      for (number, start) in starts.enumerated() {
        var damaged = whole
        damaged[start + number % 12] ^= UInt8(1 << (number % 8))
        try Data(damaged).write(to: URL(filePath: path))
        let file = try HDF5File(path: path)
        for name in ["gzip", "shuffled", "voxels", "rows"] {
          do throws(ArrayFileError) {
            try file.forEachRow(0..<6, of: name, columns: [0, 1, 7], rowsLast: true, threads: 3) {
              #expect($0.count == 3)
            }
            _ = try file.array(name)
          } catch {
            #expect(error.description.contains("damaged.h5:/\(name): the chunk at ["))
            refusals += 1
          }
        }
      }
    }
    #expect(refusals > 5)
  }
}
