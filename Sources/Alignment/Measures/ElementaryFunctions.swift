internal import Glibc

/// e to the power of a number, by the C library, kept apart so that one file alone names the platform.
func exponential(_ value: Double) -> Double { Glibc.exp(value) }

/// The angle in [0, π] with a cosine; cosines beyond ±1 count as ±1.
func angle(cosine: Double) -> Double { Glibc.acos(min(max(cosine, -1), 1)) }
