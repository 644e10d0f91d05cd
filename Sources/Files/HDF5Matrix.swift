/// How the axes of a dataset stand for the rows and columns of a matrix.
struct MatrixAxes: Equatable {
  /// The axis that rows run along.
  let row: Int
  /// For each axis how many columns lie from one index to the next; 0 for the axis of the rows.
  let columnSteps: [Int]

  /// Rows along the first axis; of the others the last runs fastest, as NumPy counts.
  init(rowsFirst shape: [Int]) {
    var (steps, step) = ([Int](repeating: 0, count: shape.count), 1)
    for axis in shape.indices.dropFirst().reversed() {
      steps[axis] = step
      step *= shape[axis]
    }
    row = 0
    columnSteps = steps
  }

  /// Rows along the last axis, which is the first that MATLAB shows; columns are counted as NumPy would
  /// of the array that MATLAB shows: its last axis, here the first, runs fastest.
  init(rowsLast shape: [Int]) {
    var (steps, step) = ([Int](repeating: 0, count: shape.count), 1)
    for axis in shape.indices.dropLast() {
      steps[axis] = step
      step *= shape[axis]
    }
    row = max(0, shape.count - 1)
    columnSteps = steps
  }
}

/// A dataset of numbers as a matrix, of which some rows and some columns are read.
///
/// Each chunk is unpacked once, and only if something of it is wanted; memory grows with what is kept.
struct HDF5Matrix {
  let dataset: HDF5Dataset
  let shape: [Int]
  let type: NumpyType
  let axes: MatrixAxes

  var rowCount: Int { shape.isEmpty ? 1 : shape[axes.row] }
  var columnCount: Int { shape.isEmpty ? 1 : shape.reduce(1, *) / max(1, rowCount) }

  /// - Precondition: there are as many axes as `shape` has.
  init(_ dataset: HDF5Dataset, shape: [Int], type: NumpyType, axes: MatrixAxes) {
    self.dataset = dataset
    self.shape = shape
    self.type = type
    self.axes = axes
  }

  /// How many rows are best read at once, at most so many: whole chunks.
  func rowsAtOnce(atMost count: Int) -> Int {
    guard let chunk = dataset.chunk, !shape.isEmpty else { return max(1, count) }
    let height = max(1, chunk[axes.row])
    // A stripe of chunks is kept if it is no larger than this, and cut if it is.
    let stripe = height * columnCount * type.byteCount
    return stripe <= 1 << 28 ? max(height, count / height * height) : max(1, count)
  }

  /// Some rows of some columns, all when nil, in the type of the file: row after row.
  ///
  /// - Parameter columns: ascending, each once, below `columnCount`.
  func bytes(rows: Range<Int>, columns: [Int]? = nil) throws(ArrayFileError) -> [UInt8] {
    let width = columns?.count ?? columnCount
    var result = [UInt8](repeating: 0, count: rows.count * width * type.byteCount)
    guard !result.isEmpty else { return result }
    if shape.isEmpty {
      try result.withUnsafeMutableBufferPointer { (buffer) throws(ArrayFileError) in
        let result = UnsafeMutableRawBufferPointer(buffer)
        try dataset.read(from: [], extents: [], into: result)
      }
      return result
    }
    var places: [Int32]?
    if let columns {
      var numbers = [Int32](repeating: -1, count: columnCount)
      for (place, column) in columns.enumerated() { numbers[column] = Int32(place) }
      places = numbers
    }
    let scatter = ColumnScatter(
      axes: axes, places: places, rows: rows, width: width, size: type.byteCount)
    try result.withUnsafeMutableBufferPointer { (buffer) throws(ArrayFileError) in
      let result = UnsafeMutableRawBufferPointer(buffer)
      if let chunk = dataset.chunk, Self.unpacked.isSuperset(of: dataset.filters) {
        try readChunks(chunk, scatter, into: result)
      } else {
        try readSlabs(scatter, into: result)
      }
    }
    return result
  }

  private static let unpacked: Set = [ChunkUnpacker.deflate, ChunkUnpacker.shuffle]

  /// Chunk after chunk, unpacked here: by the library it takes four times as long.
  private func readChunks(
    _ chunk: [Int], _ scatter: ColumnScatter, into result: UnsafeMutableRawBufferPointer
  ) throws(ArrayFileError) {
    let elementCount = chunk.reduce(1, *)
    var unpacker = ChunkUnpacker(
      filters: dataset.filters, elementSize: type.byteCount,
      byteCount: elementCount * type.byteCount)
    var packed: [UInt8] = []
    var filled: [UInt8]?
    var start = shape.map { _ in 0 }
    start[axes.row] = scatter.rows.lowerBound / chunk[axes.row] * chunk[axes.row]
    let firstRow = start[axes.row]
    repeat {
      let extents = zip(shape, zip(start, chunk)).map { min($1.1, $0 - $1.0) }
      let box = ElementBox(start: start, extents: extents, stored: chunk)
      let runs = scatter.runs(of: box)
      if runs.isEmpty { continue }
      guard let stored = try dataset.storedChunk(at: start, into: &packed) else {
        if filled == nil {
          let value = try dataset.fillValue()
          filled = (0..<elementCount).flatMap { _ in value }
        }
        filled?.withUnsafeBytes { scatter.copy(runs, of: box, from: $0, to: result) }
        continue
      }
      let isSound = unpacker.withElements(
        of: packed, count: stored.byteCount, skipped: stored.skipped
      ) { scatter.copy(runs, of: box, from: $0, to: result) }
      guard isSound else {
        throw .malformed(
          path: dataset.location, problem: "the chunk at \(start) is damaged; copy the file again")
      }
    } while advance(&start, by: chunk, firstRow: firstRow, endRow: scatter.rows.upperBound)
  }

  /// The next chunk; false after the last.
  private func advance(
    _ start: inout [Int], by chunk: [Int], firstRow: Int, endRow: Int
  ) -> Bool {
    for axis in shape.indices.reversed() {
      start[axis] += chunk[axis]
      if start[axis] < (axis == axes.row ? endRow : shape[axis]) { return true }
      start[axis] = axis == axes.row ? firstRow : 0
    }
    return false
  }

  /// Slab after slab along the first axis, as the library gives them.
  private func readSlabs(
    _ scatter: ColumnScatter, into result: UnsafeMutableRawBufferPointer
  ) throws(ArrayFileError) {
    var (start, extents) = (shape.map { _ in 0 }, shape)
    (start[axes.row], extents[axes.row]) = (scatter.rows.lowerBound, scatter.rows.count)
    let end = start[0] + extents[0]
    let slice = extents.dropFirst().reduce(type.byteCount, *)
    var atOnce = max(1, Self.slabByteCount / max(1, slice))
    if let chunk = dataset.chunk { atOnce = max(chunk[0], atOnce / chunk[0] * chunk[0]) }
    var buffer = [UInt8](repeating: 0, count: min(atOnce, extents[0]) * slice)
    for first in stride(from: start[0], to: end, by: atOnce) {
      (start[0], extents[0]) = (first, min(atOnce, end - first))
      let box = ElementBox(start: start, extents: extents, stored: extents)
      let runs = scatter.runs(of: box)
      if runs.isEmpty { continue }
      let byteCount = extents[0] * slice
      try buffer.withUnsafeMutableBufferPointer { (buffer) throws(ArrayFileError) in
        let bytes = UnsafeMutableRawBufferPointer(
          rebasing: UnsafeMutableRawBufferPointer(buffer)[..<byteCount])
        try dataset.read(from: start, extents: extents, into: bytes)
        scatter.copy(runs, of: box, from: UnsafeRawBufferPointer(bytes), to: result)
      }
    }
  }

  private static let slabByteCount = 1 << 24
}

/// Elements that lie together in memory: a chunk or a slab.
struct ElementBox {
  let start: [Int]
  /// Those that belong to the dataset.
  let extents: [Int]
  /// Those that lie in memory.
  let stored: [Int]
}

/// Copies the wanted elements of boxes to their rows and columns.
struct ColumnScatter {
  let axes: MatrixAxes
  /// The place of each column in the result, -1 for one that is not wanted; nil where all are.
  let places: [Int32]?
  let rows: Range<Int>
  /// Columns of the result, and the bytes of an element.
  let width: Int
  let size: Int

  /// Columns of a box that lie side by side in it and in the result.
  struct Run {
    let offset: Int
    let column: Int
    var count: Int
  }

  /// The wanted columns of a box, at its first row.
  func runs(of box: ElementBox) -> [Run] {
    var runs: [Run] = []
    let others = box.start.indices.filter { $0 != axes.row }
    let steps = Self.steps(box.stored)
    var index = others.map { _ in 0 }
    let inner = others.last.map { (axis: $0, extent: box.extents[$0]) }
    while true {
      var (offset, column) = (0, 0)
      for (place, axis) in others.enumerated() {
        offset += index[place] * steps[axis]
        column += (box.start[axis] + index[place]) * axes.columnSteps[axis]
      }
      let (offsetStep, columnStep) =
        inner.map { (steps[$0.axis], axes.columnSteps[$0.axis]) } ?? (0, 0)
      for element in 0..<(inner?.extent ?? 1) {
        append(
          offset + element * offsetStep, column + element * columnStep, to: &runs)
      }
      // The innermost axis was gone through.
      var place = others.count - 2
      while place >= 0 {
        index[place] += 1
        if index[place] < box.extents[others[place]] { break }
        index[place] = 0
        place -= 1
      }
      if place < 0 { return runs }
    }
  }

  @inline(__always)
  private func append(_ offset: Int, _ column: Int, to runs: inout [Run]) {
    let place = places.map { Int($0[column]) } ?? column
    guard place >= 0 else { return }
    if let last = runs.last, last.offset + last.count == offset, last.column + last.count == place {
      runs[runs.count - 1].count += 1
    } else {
      runs.append(Run(offset: offset, column: place, count: 1))
    }
  }

  private static func steps(_ stored: [Int]) -> [Int] {
    var (steps, step) = (stored, 1)
    for axis in stored.indices.reversed() {
      steps[axis] = step
      step *= stored[axis]
    }
    return steps
  }

  /// Copies runs of a box from the memory where it lies.
  func copy(
    _ runs: [Run], of box: ElementBox, from bytes: UnsafeRawBufferPointer,
    to result: UnsafeMutableRawBufferPointer
  ) {
    let first = box.start[axes.row]
    let wanted = rows.clamped(to: first..<first + box.extents[axes.row])
    let step = Self.steps(box.stored)[axes.row] * size
    let (skipped, top) = ((wanted.lowerBound - first) * step, wanted.lowerBound - rows.lowerBound)
    for run in runs {
      var source = skipped + run.offset * size
      var target = (top * width + run.column) * size
      switch (run.count, size) {
      case (1, 2): copy(UInt16.self, wanted.count, bytes, source, step, result, target)
      case (1, 4): copy(UInt32.self, wanted.count, bytes, source, step, result, target)
      case (1, 8): copy(UInt64.self, wanted.count, bytes, source, step, result, target)
      default:
        for _ in wanted {
          UnsafeMutableRawBufferPointer(rebasing: result[target..<target + run.count * size])
            .copyMemory(
              from: UnsafeRawBufferPointer(rebasing: bytes[source..<source + run.count * size]))
          (source, target) = (source + step, target + width * size)
        }
      }
    }
  }

  @inline(__always)
  private func copy<Word: BitwiseCopyable>(
    _ word: Word.Type, _ count: Int, _ bytes: UnsafeRawBufferPointer, _ source: Int, _ step: Int,
    _ result: UnsafeMutableRawBufferPointer, _ target: Int
  ) {
    let stride = width * size
    for row in 0..<count {
      result.storeBytes(
        of: bytes.loadUnaligned(fromByteOffset: source + row * step, as: word),
        toByteOffset: target + row * stride, as: word)
    }
  }
}
