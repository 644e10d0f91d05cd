internal import Glibc

// With Logarithm.swift the only files that name the platform.

func exponential(_ value: Double) -> Double { Glibc.exp(value) }

/// log Γ(x) for x > 0.
func logGamma(_ value: Double) -> Double { Glibc.lgamma(value) }

/// 1 − erf(x).
func complementaryErrorFunction(_ value: Double) -> Double { Glibc.erfc(value) }
