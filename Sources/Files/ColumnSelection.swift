extension NumpyArray {
  /// Reads some columns of the `.npy` file at `path`, and no other values.
  ///
  /// All axes but the first count as one, in C order: an array of 10 × 3 × 2 has 6 columns. The
  /// result is 10 × `columns.count`, with the numbers that the whole array has there.
  ///
  /// Memory grows with what is kept, not with the file. In C order the file is read once from its
  /// beginning to its end, without stretches of 64 KiB or more that nothing is wanted of; in Fortran
  /// order a column lies in one place.
  ///
  /// - Parameter columns: from 0, ascending, each once.
  /// - Throws: as for the whole array, and `malformed` for a column that is not there.
  public init(path: String, columns: [Int]) throws(ArrayFileError) {
    let file = try ReadingFile(path: path)
    self = try file.withReader { (byteCount, read) throws(ArrayFileError) in
      let header = try NumpyHeader(byteCount: byteCount, name: path, read: read)
      return try NumpyArray(columns, of: header, name: path, read: read)
    }
  }

  /// Reads some columns of the array that `header` describes.
  init(
    _ columns: [Int], of header: NumpyHeader, name: String, read: ByteReader
  ) throws(ArrayFileError) {
    let selection = try ColumnSelection(columns, of: header, name: name)
    let data = NumpyData(header: selection.header, name: name)
    try data.checkMemory(selection.header.count)
    let bytes = try selection.bytes(read)
    let elements = try bytes.withUnsafeBufferPointer { (bytes) throws(ArrayFileError) in
      try data.elements(0..<selection.header.count, bytes.reader)
    }
    self.init(shape: selection.header.shape, elements: elements)
  }
}

/// Where some columns of an array stand in its file.
struct ColumnSelection {
  /// The columns alone, as if they were the array.
  let header: NumpyHeader

  /// Bytes that stand together in the file and in the result, counted from the start of a line.
  private struct Run {
    let offset: Int
    var byteCount: Int
    let destination: Int
    var end: Int { offset + byteCount }
  }

  /// The bytes of one line, ascending. In C order a line is a row; in Fortran order everything is one.
  private let runs: [Run]
  private let lineCount: Int
  /// From a line to the next, in the file and in the result.
  private let stride: (file: Int, result: Int)
  private let dataOffset: Int

  /// Stretches that are not wanted and shorter than this are read nevertheless: a call takes as long.
  private static let leastGap = 1 << 16
  private static let bufferSize = 1 << 22

  init(_ columns: [Int], of whole: NumpyHeader, name: String) throws(ArrayFileError) {
    let (height, width) = (whole.shape.first ?? 1, whole.shape.dropFirst().reduce(1, *))
    precondition(zip(columns, columns.dropFirst()).allSatisfy { $0 < $1 })
    guard columns.allSatisfy({ (0..<width).contains($0) }) else {
      throw .malformed(
        path: name, problem: "has \(width) columns, but column \(columns.last ?? 0) is asked for")
    }
    let size = whole.type.byteCount
    dataOffset = whole.dataOffset
    header = NumpyHeader(
      type: whole.type, isFortranOrder: whole.isFortranOrder, shape: [height, columns.count],
      dataOffset: 0)
    // A column is one element of each line, or, in Fortran order, all that is in its place.
    let columnSize = whole.isFortranOrder ? height * size : size
    let places =
      whole.isFortranOrder ? columns.map { Self.fortranPlace($0, whole.shape) } : columns
    runs = zip(places, 0...).sorted { $0.0 < $1.0 }
      .map { Run(offset: $0 * columnSize, byteCount: columnSize, destination: $1 * columnSize) }
      .reduce(into: []) { runs, next in
        if let last = runs.last, last.end == next.offset,
          last.destination + last.byteCount == next.destination
        {
          runs[runs.count - 1].byteCount += next.byteCount
        } else {
          runs.append(next)
        }
      }
    lineCount = whole.isFortranOrder ? 1 : height
    stride = (width * size, columns.count * size)
  }

  /// Where a column, numbered in C order, stands among those of a Fortran array.
  private static func fortranPlace(_ column: Int, _ shape: [Int]) -> Int {
    var (rest, place) = (column, 0)
    var step = shape.dropFirst().reduce(1, *)
    for extent in shape.dropFirst().reversed() {
      step /= extent
      place += rest % extent * step
      rest /= extent
    }
    return place
  }
}

extension ColumnSelection {
  /// The bytes of the columns, in the order of `header`.
  func bytes(_ read: ByteReader) throws(ArrayFileError) -> [UInt8] {
    let stretches = stretches
    let longest = stretches.map(length).max() ?? 0
    let buffer = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(Self.bufferSize, longest), alignment: 16)
    defer { buffer.deallocate() }
    // Lines that are wanted nearly to their ends are read several at once.
    let isDense = stretches.count == 1 && stride.file - longest < Self.leastGap
    let linesAtOnce = isDense ? max(1, (buffer.count - longest) / max(1, stride.file) + 1) : 1
    var result = [UInt8](repeating: 0, count: header.count * header.type.byteCount)
    for first in Swift.stride(from: 0, to: lineCount, by: linesAtOnce) {
      let lines = first..<min(first + linesAtOnce, lineCount)
      for stretch in stretches {
        let start = first * stride.file + runs[stretch.lowerBound].offset
        let byteCount = (lines.count - 1) * stride.file + length(stretch)
        let bytes = UnsafeMutableRawBufferPointer(rebasing: buffer[..<byteCount])
        try read(dataOffset + start, bytes)
        for line in lines { copy(stretch, ofLine: line, from: bytes, at: start, to: &result) }
      }
    }
    return result
  }

  /// Runs that are read together.
  private var stretches: [Range<Int>] {
    var stretches: [Range<Int>] = []
    for (place, run) in runs.enumerated() {
      if let last = stretches.last, run.offset - runs[place - 1].end < Self.leastGap,
        run.end - runs[last.lowerBound].offset <= Self.bufferSize
      {
        stretches[stretches.count - 1] = last.lowerBound..<place + 1
      } else {
        stretches.append(place..<place + 1)
      }
    }
    return stretches
  }

  private func length(_ stretch: Range<Int>) -> Int {
    runs[stretch.upperBound - 1].end - runs[stretch.lowerBound].offset
  }

  /// Copies some runs of a line out of bytes that were read from `start` on.
  ///
  /// Single numbers are moved as numbers: a call for each would take longer than the reading.
  private func copy(
    _ stretch: Range<Int>, ofLine line: Int, from bytes: UnsafeMutableRawBufferPointer,
    at start: Int, to result: inout [UInt8]
  ) {
    result.withUnsafeMutableBytes { result in
      guard let to = result.baseAddress, let from = bytes.baseAddress else { return }
      let (fileLine, resultLine) = (line * stride.file - start, line * stride.result)
      runs.withUnsafeBufferPointer { runs in
        for index in stretch {
          let run = runs[index]
          let (source, target) = (from + fileLine + run.offset, to + resultLine + run.destination)
          switch run.byteCount {
          case 4: target.storeBytes(of: source.loadUnaligned(as: UInt32.self), as: UInt32.self)
          case 8: target.storeBytes(of: source.loadUnaligned(as: UInt64.self), as: UInt64.self)
          default: target.copyMemory(from: source, byteCount: run.byteCount)
          }
        }
      }
    }
  }
}
