internal import Dispatch
internal import Synchronization

/// How the axes of a dataset stand for the rows and columns of a matrix.
struct MatrixAxes: Equatable {
  /// The axis that rows run along.
  let row: Int
  /// For each axis how many columns lie from one index to the next; 0 for the axis of the rows.
  let columnSteps: [Int]

  /// Rows along the first axis; of the others the last runs fastest, as NumPy counts.
  init(rowsFirst shape: [Int]) {
    self.init(row: 0, columns: shape.indices.dropFirst().reversed(), of: shape)
  }

  /// Rows along the last axis, which is the first that MATLAB shows; columns are counted as NumPy would
  /// of the array that MATLAB shows: its last axis, here the first, runs fastest.
  init(rowsLast shape: [Int]) {
    self.init(row: max(0, shape.count - 1), columns: shape.indices.dropLast(), of: shape)
  }

  /// - Parameter axes: those of the columns, the fastest first.
  private init(row: Int, columns axes: some Sequence<Int>, of shape: [Int]) {
    var (steps, step) = ([Int](repeating: 0, count: shape.count), 1)
    for axis in axes {
      steps[axis] = step
      step *= shape[axis]
    }
    (self.row, columnSteps) = (row, steps)
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
  /// - Parameters:
  ///   - columns: each once, below `columnCount`; they stand in the result in this order.
  ///   - threads: so many may unpack chunks; changes no number.
  func bytes(
    rows: Range<Int>, columns: [Int]? = nil, threads: Int = 1
  ) throws(ArrayFileError) -> [UInt8] {
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
      axes: axes, others: shape.indices.filter { $0 != axes.row }, places: places, rows: rows,
      width: width, size: type.byteCount)
    try result.withUnsafeMutableBufferPointer { (buffer) throws(ArrayFileError) in
      let result = UnsafeMutableRawBufferPointer(buffer)
      if let chunk = dataset.chunk, Self.unpacked.isSuperset(of: dataset.filters) {
        let walk = ChunkWalk(shape: shape, chunk: chunk, axes: axes, rows: rows, columns: columns)
        try readChunks(walk, scatter, threads: threads, into: result)
      } else {
        try readSlabs(scatter, into: result)
      }
    }
    return result
  }

  private static let unpacked: Set = [ChunkUnpacker.deflate, ChunkUnpacker.shuffle]

  /// Chunk after chunk, unpacked here: by the library it takes four times as long.
  ///
  /// Threads take some chunks at a time, in their order, and none shares an element of the result with
  /// another; of several damaged chunks the first is told.
  private func readChunks(
    _ walk: ChunkWalk, _ scatter: ColumnScatter, threads: Int,
    into result: UnsafeMutableRawBufferPointer
  ) throws(ArrayFileError) {
    let byteCount = walk.chunk.reduce(type.byteCount, *)
    let atOnce = max(1, min(64, Self.slabByteCount / byteCount))
    let threads = min(
      threads, (walk.count + atOnce - 1) / atOnce, Self.mostUnpackedBytes / byteCount)
    let next = Atomic(0)
    let failure = Mutex<(chunk: Int, error: ArrayFileError)?>(nil)
    nonisolated(unsafe) let result = result
    DispatchQueue.concurrentPerform(iterations: max(1, threads)) { _ in
      var reader = ChunkReader(dataset, walk, scatter, byteCount: byteCount)
      while failure.withLock({ $0 == nil }) {
        let first = next.add(atOnce, ordering: .relaxed).oldValue
        guard first < walk.count else { return }
        for number in first..<min(first + atOnce, walk.count) {
          do throws(ArrayFileError) {
            try reader.copy(number, to: result)
          } catch {
            failure.withLock { if number < $0?.chunk ?? .max { $0 = (number, error) } }
            return
          }
        }
      }
    }
    if let failure = failure.withLock({ $0 }) { throw failure.error }
  }

  /// What the chunks of all threads may take while they are unpacked.
  private static let mostUnpackedBytes = 1 << 28

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
    var runs: [ColumnScatter.Run] = []
    for first in stride(from: start[0], to: end, by: atOnce) {
      (start[0], extents[0]) = (first, min(atOnce, end - first))
      let box = ElementBox(start: start, extents: extents, stored: extents)
      scatter.find(&runs, of: box)
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
