internal import Foundation

/// An image as a user names it: a file, and the part of it that is meant.
///
/// `FILE#VOLUME` is one volume, counted from 0; `FILE@THRESHOLD` the voxels that reach a threshold;
/// `FILE:TABLE` labels with their table. They stand in this order, as in `FILE#3@0.5`. A file of the
/// whole name goes before any part; else the longest beginning that is a file is the file. Only
/// paths are looked at here; images are read elsewhere.
public struct ImageArgument: Equatable, Sendable {
  /// The path of the image.
  public let path: String
  /// The volume, counted from 0; nil for an image that has one.
  public let volume: Int?
  /// The least value of a voxel inside, above 0; nil without one.
  public let threshold: Double?
  /// The path of the table; empty where the user declines the one beside the image, nil where
  /// nothing was written.
  public let table: String?

  /// Takes a path as it stands, whatever signs it holds.
  public init(path: String) {
    self.path = path
    (volume, threshold, table) = (nil, nil, nil)
  }

  /// Reads what a user wrote.
  ///
  /// - Throws: `malformedImage` if a volume is no whole number from 0, a threshold is not a finite
  ///   number above 0, or the parts stand in another order.
  public init(_ text: String) throws(ImagingError) {
    let end = Self.endOfPath(text)
    var rest = text[end...]
    path = String(text[..<end])
    volume = try Self.value(
      behind: "#", upTo: "@:", in: text, &rest, "a volume is a whole number, and the first is 0"
    ) { Int($0).flatMap { $0 >= 0 ? $0 : nil } }
    threshold = try Self.value(
      behind: "@", upTo: ":", in: text, &rest,
      "a threshold is a number above 0, since 0 is what lies outside"
    ) { Double($0).flatMap { $0 > 0 && $0.isFinite ? $0 : nil } }
    table = rest.first == ":" ? String(rest.dropFirst()) : nil
    if table == nil && !rest.isEmpty {
      throw .malformedImage(text: text, problem: "its parts stand in another order")
    }
  }

  /// The name of the file without folder, `.nii.gz`, `.nii`, `.hdr`, `.img` and `_dseg`, and with
  /// the volume, if one is named.
  public var name: String {
    let name = bareStem.split(separator: "/").last.map(String.init) ?? bareStem
    return name + (volume.map { "#\($0)" } ?? "")
  }

  /// The files beside the image that may be its table: of `X_dseg.nii.gz` first `X_dseg.tsv`; of any
  /// `X.nii.gz` then `X_dseg.tsv`, and `X` with `.tsv`, `.txt`, `.ctab`, `.lut`, `.xml`.
  public var tablesBeside: [String] {
    let stem = stem
    let first = bareStem + "_dseg.tsv"
    let others = ["tsv", "txt", "ctab", "lut", "xml"].map { "\(stem).\($0)" }
    return ([first] + others.filter { $0 != first }).filter(Self.isFile)
  }
}

extension ImageArgument {
  /// Takes what follows a sign off the rest of a text; nil where the sign is not there.
  private static func value<Value>(
    behind sign: Character, upTo ends: String, in text: String, _ rest: inout Substring,
    _ problem: String, read: (Substring) -> Value?
  ) throws(ImagingError) -> Value? {
    guard rest.first == sign else { return nil }
    let written = rest.dropFirst().prefix { !ends.contains($0) }
    rest = rest[written.endIndex...]
    guard let value = read(written) else { throw .malformedImage(text: text, problem: problem) }
    return value
  }

  private static func endOfPath(_ text: String) -> String.Index {
    if isFile(text) { return text.endIndex }
    let signs = text.indices.filter { "#@:".contains(text[$0]) }
    // Without such a file, the name of an image ends where its ending does.
    return signs.last { isFile(String(text[..<$0])) }
      ?? signs.first { stem(String(text[..<$0])) != nil } ?? text.endIndex
  }

  private var stem: String { Self.stem(path) ?? path }
  private var bareStem: String { stem.hasSuffix("_dseg") ? String(stem.dropLast(5)) : stem }

  /// The path without the ending of an image; nil if it has none.
  private static func stem(_ path: String) -> String? {
    let whole = path.hasSuffix(".gz") ? path.dropLast(3) : path[...]
    return [".nii", ".hdr", ".img"].first { whole.hasSuffix($0) }
      .map { String(whole.dropLast($0.count)) }
  }

  private static func isFile(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && !isFolder.boolValue
  }
}

/// An image with regions, as a user writes it.
public struct RegionArgument: Equatable, Sendable {
  /// The image, and the part of it that is meant.
  public let image: ImageArgument
  /// The name: what the user wrote before `=`, else that of the image.
  public let name: String

  /// Reads an atlas, `LABELS.nii.gz[#VOLUME][:TABLE]`.
  ///
  /// - Throws: `malformedImage`, also for a threshold.
  public init(atlas text: String) throws(ImagingError) {
    image = try ImageArgument(text)
    name = image.name
    if image.threshold != nil {
      throw .malformedImage(
        text: text, problem: "labels have no threshold; write --roi NAME=FILE@THRESHOLD")
    }
  }

  /// Reads a mask with a name, `NAME=MASK.nii.gz[#VOLUME][@THRESHOLD]`.
  ///
  /// - Throws: `malformedMask` if the name or the path is missing; `malformedImage`, also for a table.
  public init(mask text: String) throws(ImagingError) {
    guard let equals = text.firstIndex(of: "="), text.index(after: equals) < text.endIndex,
      !text[..<equals].trimmed.isEmpty
    else { throw .malformedMask(text: text) }
    name = String(text[..<equals].trimmed)
    image = try ImageArgument(mask: String(text[text.index(after: equals)...]))
  }
}

extension ImageArgument {
  /// Reads a mask, `MASK.nii.gz[#VOLUME][@THRESHOLD]`.
  ///
  /// - Throws: `malformedImage`, also for a table.
  public init(mask text: String) throws(ImagingError) {
    try self.init(text)
    if table != nil {
      throw .malformedImage(text: text, problem: "a mask has no table of labels")
    }
  }

  /// Reads an image of numbers, `FILE[#VOLUME]`.
  ///
  /// - Throws: `malformedImage`, also for a threshold or a table.
  public init(values text: String) throws(ImagingError) {
    try self.init(mask: text)
    if threshold != nil {
      throw .malformedImage(text: text, problem: "an image of numbers is read without a threshold")
    }
  }
}
