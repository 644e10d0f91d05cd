internal import ChiasmCOpenBLAS

/// The code that OpenBLAS chooses for products when a program starts.
///
/// Each kind adds up in an order of its own, so that the last digits of a product depend on it, and
/// OpenBLAS goes by the processor. Its variable `OPENBLAS_CORETYPE` names another.
public enum ProductKernel {
  /// The variable of the environment that OpenBLAS reads as it is loaded, and never again.
  public static let variable = "OPENBLAS_CORETYPE"

  /// The library, its version and the kind of code in use: `OpenBLAS 0.3.21 Haswell`.
  public static var name: String {
    let words = String(cString: openblas_get_config()).split(separator: " ")
    return (words.prefix(2) + [Substring(String(cString: openblas_get_corename()))])
      .joined(separator: " ")
  }

  /// The kind that all processors have which know AVX2 and FMA, if this one does: those for x86-64 since
  /// 2013, nearly all.
  public static var portable: String? { openblas_has_haswell() == 0 ? nil : "Haswell" }
}
