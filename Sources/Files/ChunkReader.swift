/// The chunks of a dataset that hold something of some rows and columns, one after the other.
struct ChunkWalk {
  /// The extents of the dataset and of a chunk.
  let shape: [Int]
  let chunk: [Int]
  /// How many chunks there are.
  let count: Int
  private let axes: MatrixAxes
  /// How many chunks lie along each axis.
  private let chunkCounts: [Int]
  /// The chunks along the axis of the rows.
  private let stripes: Range<Int>
  /// The numbers of the chunks of a stripe, ascending; nil where all are wanted.
  private let places: [Int]?
  private let placeCount: Int

  /// - Parameter columns: nil for all.
  init(shape: [Int], chunk: [Int], axes: MatrixAxes, rows: Range<Int>, columns: [Int]?) {
    var chunkCounts = zip(shape, chunk).map { ($0 + $1 - 1) / $1 }
    let height = chunk[axes.row]
    stripes = rows.lowerBound / height..<(rows.upperBound + height - 1) / height
    chunkCounts[axes.row] = 1
    places = columns.map { columns in
      let places = columns.map { column in
        shape.indices.reduce(0) { place, axis in
          guard axis != axes.row else { return place }
          return place * chunkCounts[axis] + column / axes.columnSteps[axis] % shape[axis]
            / chunk[axis]
        }
      }
      return Set(places).sorted()
    }
    placeCount = places?.count ?? chunkCounts.reduce(1, *)
    count = stripes.count * placeCount
    self.shape = shape
    self.chunk = chunk
    self.axes = axes
    self.chunkCounts = chunkCounts
  }

  /// Sets a box to where a chunk lies.
  func place(_ box: inout ElementBox, at number: Int) {
    let (stripe, position) =
      axes.row == 0
      ? (number / placeCount, number % placeCount)
      : (number % stripes.count, number / stripes.count)
    var rest = places?[position] ?? position
    for axis in shape.indices.reversed() {
      let index = axis == axes.row ? stripes.lowerBound + stripe : rest % chunkCounts[axis]
      rest /= chunkCounts[axis]
      box.start[axis] = index * chunk[axis]
      box.extents[axis] = min(chunk[axis], shape[axis] - box.start[axis])
    }
  }
}

/// Unpacks chunks of a dataset and copies what is wanted of them; the memory for it is used again.
struct ChunkReader: ~Copyable {
  private let dataset: HDF5Dataset
  private let walk: ChunkWalk
  private let scatter: ColumnScatter
  private var box: ElementBox
  private var runs: [ColumnScatter.Run] = []
  private var packed: [UInt8]
  private var unpacker: ChunkUnpacker
  /// A chunk that was never written; empty until one is met.
  private var filled: [UInt8] = []

  /// - Parameter byteCount: the size of a chunk once unpacked.
  init(_ dataset: HDF5Dataset, _ walk: ChunkWalk, _ scatter: ColumnScatter, byteCount: Int) {
    self.dataset = dataset
    self.walk = walk
    self.scatter = scatter
    box = ElementBox(start: walk.shape, extents: walk.shape, stored: walk.chunk)
    packed = [UInt8](repeating: 0, count: byteCount)
    unpacker = ChunkUnpacker(
      filters: dataset.filters, elementSize: scatter.size, byteCount: byteCount)
  }

  /// Copies what is wanted of a chunk of the walk.
  mutating func copy(
    _ number: Int, to result: UnsafeMutableRawBufferPointer
  ) throws(ArrayFileError) {
    walk.place(&box, at: number)
    scatter.find(&runs, of: box)
    if runs.isEmpty { return }
    guard let stored = try dataset.storedChunk(at: box.start, into: &packed) else {
      if filled.isEmpty {
        let value = try dataset.fillValue()
        filled = (0..<walk.chunk.reduce(1, *)).flatMap { _ in value }
      }
      filled.withUnsafeBytes { scatter.copy(runs, of: box, from: $0, to: result) }
      return
    }
    let isSound = unpacker.withElements(
      of: packed, count: stored.byteCount, skipped: stored.skipped
    ) { [scatter, runs, box] in scatter.copy(runs, of: box, from: $0, to: result) }
    guard isSound else {
      throw .malformed(
        path: dataset.location, problem: "the chunk at \(box.start) is damaged; copy the file again"
      )
    }
  }
}
