internal import Foundation

/// Where an image with regions lies, as a user writes it.
///
/// Only paths are looked at here; images are read elsewhere.
public struct RegionArgument: Equatable, Sendable {
  /// The path of the image.
  public let image: String
  /// The path of its label table, if one was written or lies beside the image.
  public let table: String?
  /// The name: what the user wrote before `=`, else the image's file name without `.nii.gz`,
  /// `.nii`, `.hdr`, `.img` and `_dseg`.
  public let name: String

  /// Reads an atlas, `LABELS.nii.gz[:TABLE]`.
  ///
  /// Without a table, those beside the image are tried: of `X_dseg.nii.gz` first `X_dseg.tsv`; of
  /// any `X.nii.gz` then `X_dseg.tsv`, and `X` with `.tsv`, `.txt`, `.ctab`, `.lut`, `.xml`.
  /// A text that is the path of a file as it stands has no table in it.
  public init(atlas text: String) {
    let parts = Self.split(text)
    let stem = Self.stem(parts.image)
    let bare = stem.hasSuffix("_dseg") ? String(stem.dropLast(5)) : stem
    image = parts.image
    name = bare.split(separator: "/").last.map(String.init) ?? bare
    let beside =
      [bare + "_dseg.tsv"] + ["tsv", "txt", "ctab", "lut", "xml"].map { "\(stem).\($0)" }
    table = parts.table ?? beside.first(where: Self.isFile)
  }

  /// Reads a mask, `NAME=MASK.nii.gz`.
  ///
  /// - Throws: `malformedMask` if the name or the path is missing.
  public init(mask text: String) throws(ImagingError) {
    guard let equals = text.firstIndex(of: "="), text.index(after: equals) < text.endIndex,
      !text[..<equals].trimmed.isEmpty
    else { throw .malformedMask(text: text) }
    name = String(text[..<equals].trimmed)
    image = String(text[text.index(after: equals)...])
    table = nil
  }

  private static func split(_ text: String) -> (image: String, table: String?) {
    guard !isFile(text), let colon = text.lastIndex(of: ":") else { return (text, nil) }
    let table = text[text.index(after: colon)...]
    return table.isEmpty ? (text, nil) : (String(text[..<colon]), String(table))
  }

  private static func stem(_ path: String) -> String {
    let whole = path.hasSuffix(".gz") ? path.dropLast(3) : path[...]
    for end in [".nii", ".hdr", ".img"] where whole.hasSuffix(end) {
      return String(whole.dropLast(end.count))
    }
    return path
  }

  private static func isFile(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path)
  }
}
