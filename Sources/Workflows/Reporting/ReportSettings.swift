/// What is to be reported, as the user said it.
public struct ReportSettings: Sendable {
  /// The folder that `align` wrote, or the `alignment.json` in it.
  public var alignment: String
  /// The response set of the source; nil looks where the alignment read it.
  public var source: String?
  /// An image on which brain views are drawn.
  public var anatomy: String?
  /// A table that says which target stage is the right one, with the columns `source_stage` and
  /// `target_stage`.
  public var known: String?

  /// Reports an alignment with what stands in its own folder.
  public init(alignment: String) { self.alignment = alignment }
}

extension ReportSettings {
  /// The folder of the alignment, without slashes at its end.
  public var folder: String {
    let file = "/" + AlignmentFinding.fileName
    var path = alignment
    if path.hasSuffix(file) { path.removeLast(file.count - 1) }
    if path == AlignmentFinding.fileName { path = "." }
    while path.count > 1 && path.hasSuffix("/") { path.removeLast() }
    return path
  }
}
