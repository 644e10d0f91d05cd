import Glibc

/// The names of the files of an image: one `.nii`, or `.hdr` and `.img`, each with `.gz` or without.
enum NIfTIPaths {
  /// The file with the header, when the user names any file of the image.
  static func header(of path: String) throws(ImagingError) -> String {
    try partner(of: path, from: ".img", to: ".hdr") ?? path
  }

  /// The file with the voxels; nil if the name is not that of a pair.
  static func data(of path: String) throws(ImagingError) -> String? {
    if stem(of: path, ending: ".img") != nil { return path }
    return try partner(of: path, from: ".hdr", to: ".img")
  }

  private static func partner(
    of path: String, from: String, to: String
  ) throws(ImagingError) -> String? {
    guard let stem = stem(of: path, ending: from) else { return nil }
    let plain = [to, to.uppercased()].map { stem + $0 }
    let candidates = plain + plain.flatMap { [$0 + ".gz", $0 + ".GZ"] }
    guard let found = candidates.first(where: { access($0, F_OK) == 0 }) else {
      throw .missing(path: candidates[0])
    }
    return found
  }

  /// The path without an ending and `.gz`, whatever their case; nil if it ends otherwise.
  private static func stem(of path: String, ending: String) -> String? {
    let lowercased = path.lowercased()
    return [ending, ending + ".gz"].first { lowercased.hasSuffix($0) }
      .map { String(path.dropLast($0.count)) }
  }
}
