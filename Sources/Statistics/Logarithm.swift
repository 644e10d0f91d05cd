internal import Glibc

/// The natural logarithm of the C library, kept apart so that one file alone names the platform.
func logarithm(_ value: Double) -> Double { Glibc.log(value) }
