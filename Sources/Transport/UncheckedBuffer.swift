internal import Glibc

// The unsafe pointers of the module are here and in Kernels.swift. Bounds checks in the loops below,
// and an exclusivity check at each touch of a tree array, make the simplex two to four times slower.
// Indices are checked in debug builds, and the tests run under the address sanitizer.

/// Fixed-size storage without bounds checks in release builds; it frees itself.
struct UncheckedBuffer<Element: BitwiseCopyable>: ~Copyable {
  /// For the loops of this file and for `Kernels`.
  let base: UnsafeMutablePointer<Element>
  let count: Int

  init(repeating value: Element, count: Int) {
    self.init(uninitialized: count)
    base.initialize(repeating: value, count: count)
  }

  /// Storage that must be written before it is read.
  init(uninitialized count: Int) {
    let size = MemoryLayout<Element>.stride * max(count, 1)
    // Much memory is touched in large pages first: the system hands out a page at a time.
    let page = 1 << 21
    let isLarge = size >= page / 2
    let raw = UnsafeMutableRawPointer.allocate(
      byteCount: isLarge ? (size + page - 1) / page * page : size,
      alignment: isLarge ? page : max(64, MemoryLayout<Element>.alignment))
    if isLarge { madvise(raw, size, MADV_HUGEPAGE) }
    base = raw.bindMemory(to: Element.self, capacity: count)
    self.count = count
  }

  deinit { UnsafeMutableRawPointer(base).deallocate() }

  subscript(index: Int) -> Element {
    @inline(__always) get {
      assert(0..<count ~= index)
      return base[index]
    }
    @inline(__always) nonmutating set {
      assert(0..<count ~= index)
      base[index] = newValue
    }
  }

  subscript(index: Int32) -> Element {
    @inline(__always) get { self[Int(index)] }
    @inline(__always) nonmutating set { self[Int(index)] = newValue }
  }

  /// Copies `length` elements to `offset` from `start` of `source`, another buffer.
  @inline(__always)
  func copy(to offset: Int, from source: borrowing UncheckedBuffer, at start: Int, length: Int) {
    assert(offset >= 0 && offset + length <= count && start >= 0 && start + length <= source.count)
    let (target, origin) = (base + offset, source.base + start)
    // Most runs of a tree are short, and a call takes longer than they do.
    if length > 8 {
      target.update(from: origin, count: length)
    } else {
      for index in 0..<length { target[index] = origin[index] }
    }
  }

  /// Moves `length` elements within the buffer; the ranges may overlap.
  @inline(__always)
  func move(to offset: Int, from start: Int, length: Int) {
    assert(offset >= 0 && offset + length <= count && start >= 0 && start + length <= count)
    (base + offset).update(from: base + start, count: length)
  }
}

extension UncheckedBuffer where Element == Double {
  /// min over k < `length` of self[offset + k] + added[addedOffset + k], in eight lanes: a scalar loop
  /// would not be vectorised.
  @inline(__always)
  func leastSum(
    at offset: Int, adding added: borrowing UncheckedBuffer, at addedOffset: Int, length: Int
  ) -> Double {
    assert(offset + length <= count && addedOffset + length <= added.count)
    let (x, y) = (UnsafeRawPointer(base + offset), UnsafeRawPointer(added.base + addedOffset))
    var lanes = SIMD8<Double>(repeating: .infinity)
    var k = 0
    while k + 8 <= length {
      let sum =
        x.loadUnaligned(fromByteOffset: 8 * k, as: SIMD8<Double>.self)
        + y.loadUnaligned(fromByteOffset: 8 * k, as: SIMD8<Double>.self)
      lanes.replace(with: sum, where: sum .< lanes)
      k += 8
    }
    var result = lanes.min()
    while k < length {
      result = min(result, self[offset + k] + added[addedOffset + k])
      k += 1
    }
    return result
  }

  /// The first k < `length` with self[offset + k] + added[addedOffset + k] ≤ `bound`, or `length`.
  @inline(__always)
  func firstSum(
    atMost bound: Double, at offset: Int, adding added: borrowing UncheckedBuffer,
    at addedOffset: Int, length: Int
  ) -> Int {
    assert(offset + length <= count && addedOffset + length <= added.count)
    let (x, y) = (UnsafeRawPointer(base + offset), UnsafeRawPointer(added.base + addedOffset))
    var k = 0
    while k + 8 <= length {
      let sum =
        x.loadUnaligned(fromByteOffset: 8 * k, as: SIMD8<Double>.self)
        + y.loadUnaligned(fromByteOffset: 8 * k, as: SIMD8<Double>.self)
      if any(sum .<= bound) { break }
      k += 8
    }
    while k < length, self[offset + k] + added[addedOffset + k] > bound { k += 1 }
    return k
  }

  /// Σ over k < `length` of self[offset + k] · other[k].
  @inline(__always)
  func dot(at offset: Int, with other: borrowing UncheckedBuffer, length: Int) -> Double {
    assert(offset + length <= count && length <= other.count)
    let (x, y) = (UnsafeRawPointer(base + offset), UnsafeRawPointer(other.base))
    var lanes = SIMD8<Double>()
    var k = 0
    while k + 8 <= length {
      lanes +=
        x.loadUnaligned(fromByteOffset: 8 * k, as: SIMD8<Double>.self)
        * y.loadUnaligned(fromByteOffset: 8 * k, as: SIMD8<Double>.self)
      k += 8
    }
    var result = lanes.sum()
    while k < length {
      result += self[offset + k] * other[k]
      k += 1
    }
    return result
  }

  /// Adds other[offset + k] · factor to self[k] for k < `length`.
  @inline(__always)
  func add(
    _ other: borrowing UncheckedBuffer, at offset: Int, times factor: Double, length: Int
  ) {
    assert(offset + length <= other.count && length <= count)
    for k in 0..<length { base[k] += other.base[offset + k] * factor }
  }
}
