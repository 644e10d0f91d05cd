#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// x log(x/m) − x + m, the divergence of one mass x from another m: 0 for equal ones, ∞ from 0.
func divergence(_ x: Double, from m: Double) -> Double {
  if x == 0 { return m }
  if m == 0 { return .infinity }
  let r = (x - m) / m
  guard abs(r) < 0.1 else { return x * log(x / m) - x + m }
  // (1 + r) log(1 + r) − r = r²/2 − r³/6 + r⁴/12 − …, where the formula above cancels.
  var (sum, power) = (0.0, -r)
  for k in 2..<20 {
    power *= -r
    sum += power / Double(k * (k - 1))
  }
  return m * sum
}
