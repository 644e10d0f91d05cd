/// Elements that lie together in memory: a chunk or a slab.
struct ElementBox {
  var start: [Int]
  /// Those that belong to the dataset.
  var extents: [Int]
  /// For each axis how many elements lie in memory from one index to the next.
  let steps: [Int]

  /// - Parameter stored: the extents of what lies in memory.
  init(start: [Int], extents: [Int], stored: [Int]) {
    var (steps, step) = (stored, 1)
    for axis in stored.indices.reversed() {
      steps[axis] = step
      step *= stored[axis]
    }
    self.start = start
    self.extents = extents
    self.steps = steps
  }
}

/// Copies the wanted elements of boxes to their rows and columns.
struct ColumnScatter {
  let axes: MatrixAxes
  /// The axes that columns run along.
  let others: [Int]
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

  /// Finds the wanted columns of a box, at its first row.
  func find(_ runs: inout [Run], of box: ElementBox) {
    runs.removeAll(keepingCapacity: true)
    let inner = others.last
    let lines = others.dropLast().reduce(1) { $0 * box.extents[$1] }
    for line in 0..<lines {
      var (rest, offset, column) = (line, 0, 0)
      for axis in others.dropLast().reversed() {
        let index = rest % box.extents[axis]
        rest /= box.extents[axis]
        offset += index * box.steps[axis]
        column += (box.start[axis] + index) * axes.columnSteps[axis]
      }
      guard let inner else { return append(offset, column, to: &runs) }
      for index in 0..<box.extents[inner] {
        append(
          offset + index * box.steps[inner],
          column + (box.start[inner] + index) * axes.columnSteps[inner], to: &runs)
      }
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

  /// Copies runs of a box from the memory where it lies.
  func copy(
    _ runs: [Run], of box: ElementBox, from bytes: UnsafeRawBufferPointer,
    to result: UnsafeMutableRawBufferPointer
  ) {
    let first = box.start[axes.row]
    let wanted = rows.clamped(to: first..<first + box.extents[axes.row])
    let step = box.steps[axes.row] * size
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
