internal import ChiasmResponses

extension NIfTIReader {
  /// Reads all volumes that are left, one after the other, i fastest. For small images.
  public func readAll() throws(ImagingError) -> [Double] {
    var all: [Double] = []
    var volume: [Double] = []
    while try readVolume(into: &volume) { all += volume }
    return all
  }

  /// Reads one volume whole, or the values of some voxels of it.
  ///
  /// - Parameters:
  ///   - volume: counted from 0; nil for the only one.
  ///   - voxels: as with `readVolume`.
  /// - Throws: `notOneVolume` if the image has several and none is named; `noSuchVolume`; and what
  ///   `readVolume` throws.
  public func readOne(
    volume: Int?, voxels: [Int]? = nil
  ) throws(ImagingError) -> [Double] {
    try seek(volume: volume)
    var values: [Double] = []
    try readVolume(voxels: voxels, into: &values)
    return values
  }

  /// Reads one volume as labels; NaN becomes 0, which is background. A value within the rounding of
  /// float32 of a whole number is that number; `notes` then says so. Memory holds the labels alone.
  ///
  /// - Parameter volume: as with `readOne`.
  /// - Throws: `notALabel` for a value with a fraction or beyond Int32; and what `readOne` throws.
  public func readLabels(volume: Int? = nil) throws(ImagingError) -> LabelImage {
    var labels: [Int32] = []
    labels.reserveCapacity(grid.voxelCount)
    try readWholeNumbers(volume: volume) { (first, values) throws(ImagingError) in
      for (offset, value) in values.enumerated() {
        guard let label = Int32(exactly: value.isNaN ? 0 : value) else {
          let (i, j, k) = grid.indices(at: first + offset)
          throw .notALabel(path: path, value: value, voxel: [i, j, k])
        }
        labels.append(label)
      }
    }
    return LabelImage(grid: grid, labels: labels)
  }

  /// Reads one volume as a mask: 0 is outside, negative values and NaN are too, and one other value is
  /// inside. With a threshold, inside is what reaches it (value >= threshold), to within the rounding
  /// of float32. Memory holds the mask alone.
  ///
  /// - Parameters:
  ///   - volume: as with `readOne`.
  ///   - threshold: the least value inside.
  /// - Throws: `notAMask` for several values above 0, or an infinite one, without a threshold; and
  ///   what `readOne` throws.
  public func readMask(
    volume: Int? = nil, threshold: Double? = nil
  ) throws(ImagingError) -> RegionMask {
    var isInside: [Bool] = []
    isInside.reserveCapacity(grid.voxelCount)
    if let threshold {
      try seek(volume: volume)
      let rounding = FloatRounding(header)
      try readBlocks { _, values in
        isInside += values.map { $0 + rounding.allowance(of: $0) >= threshold }
      }
      return RegionMask(grid: grid, isInside: isInside)
    }
    var distinct: Set<Double> = []
    var last = 0.0
    try readWholeNumbers(volume: volume) { _, values in
      // Most values are those of their neighbours.
      for value in values where value > 0 && value != last {
        if distinct.count <= Self.mostValuesCounted { distinct.insert(value) }
        last = value
      }
      isInside += values.map { $0 > 0 }
    }
    guard distinct.count <= 1, distinct.first?.isFinite ?? true else {
      if isInside.contains(false) { distinct.insert(0) }
      throw .notAMask(path: path, values: distinct.sorted())
    }
    return RegionMask(grid: grid, isInside: isInside)
  }

  /// Beyond so many different values it does not matter how many there are.
  static let mostValuesCounted = 1000

  /// Reads one volume in blocks, with what float32 left of whole numbers replaced by them, and notes
  /// that.
  private func readWholeNumbers(
    volume: Int?, _ body: (_ first: Int, _ values: [Double]) throws(ImagingError) -> Void
  ) throws(ImagingError) {
    try seek(volume: volume)
    let rounding = FloatRounding(header)
    var example: (value: Double, whole: Double)?
    var count = 0
    try readBlocks { (first, values) throws(ImagingError) in
      var values = values
      for (place, value) in values.enumerated() {
        guard let whole = rounding.wholeNumber(value), whole != value else { continue }
        values[place] = whole
        if example == nil || whole != 0 && example?.whole == 0 { example = (value, whole) }
        count += 1
      }
      try body(first, values)
    }
    guard let example else { return }
    notes.append(
      "\(count) voxels hold whole numbers but for the rounding of float32, such as "
        + "\(example.value), which is read as \(Int(example.whole))")
  }
}

/// What the rounding of numbers to float32 leaves open in the values of an image.
///
/// NIfTI keeps slope and intercept as float32, and most programs compute in it, so that a label 1
/// may come back as 0.9999999997671694. Each number that went through float32 may be wrong by its
/// ulp u: a value v = s·r + b by u(s)·|r| + u(b), and by |s|·u(r) where voxels are stored as reals.
struct FloatRounding {
  private let slope: Double
  private let intercept: Double
  private let storesReals: Bool

  init(_ header: NIfTIHeader) {
    (slope, intercept) = (header.sclSlope, header.sclIntercept)
    storesReals = header.datatype == .float32 || header.datatype == .float64
  }

  /// How far a value may lie from the one that was meant; 0 for integers without scaling.
  func allowance(of value: Double) -> Double {
    let stored = abs((value - intercept) / slope)
    let scaling =
      slope == 1 && intercept == 0 ? 0 : Self.ulp(slope) * stored + Self.ulp(intercept)
    return storesReals ? scaling + abs(slope) * Self.ulp(stored) : scaling
  }

  /// The whole number that a value stands for; nil if it stands for none.
  func wholeNumber(_ value: Double) -> Double? {
    let whole = value.rounded()
    if whole == value { return whole }
    let allowance = allowance(of: value)
    // Where float32 has no fractions, a fraction is no rounding.
    return abs(value - whole) <= allowance && allowance < 0.25 ? whole : nil
  }

  /// The unit in the last place of the nearest float32; 0 of 0 and of what float32 does not hold.
  private static func ulp(_ number: Double) -> Double {
    let single = Float(number)
    return number == 0 || !single.isFinite ? 0 : Double(single.ulp)
  }
}
