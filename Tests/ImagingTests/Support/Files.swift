import Foundation
import Testing

@testable import ChiasmImaging

extension URL {
  /// Writes bytes under this folder and returns their path.
  func put(_ bytes: [UInt8], _ name: String) throws -> String {
    let file = appending(path: name)
    try Data(bytes).write(to: file)
    return file.path
  }

  /// Compresses bytes to one gzip member.
  func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
    let file = appending(path: UUID().uuidString)
    #expect(FileManager.default.createFile(atPath: file.path, contents: nil))
    let handle = try FileHandle(forWritingTo: file)
    let sink = ByteSink(descriptor: handle.fileDescriptor, isGzip: true)
    try sink.write(bytes)
    try sink.close()
    try handle.close()
    defer { try? FileManager.default.removeItem(at: file) }
    return Array(try Data(contentsOf: file))
  }
}

/// Reads a whole image.
func values(_ path: String) throws -> [Double] { try NIfTIReader(path: path).readAll() }

/// The error of reading a whole image; nil if it can be read.
func failure(_ path: String) -> ImagingError? {
  do throws(ImagingError) {
    _ = try NIfTIReader(path: path).readAll()
    return nil
  } catch {
    return error
  }
}

/// Equal, where NaN equals NaN.
func same(_ first: [Double], _ second: [Double]) -> Bool {
  first.count == second.count
    && zip(first, second).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
}
