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
