/// A region asked for as text: `V1=V1v+V1d`, or `hV4` for a label as it is.
public struct RegionMerge: Equatable, Sendable {
  /// The name of the region.
  public let region: String
  /// The labels that make it, joined by `+`. A member is the name or the number of a label, with
  /// its atlas before it where two atlases have it (`streams:ventral`).
  public let labels: String
  /// The whole text, which may itself be the name of a label that holds `=`.
  private let text: String?

  /// Takes a region and its labels joined by `+`.
  public init(region: String, labels: String) {
    self.region = region
    self.labels = labels
    text = nil
  }

  /// Reads `NAME=LABEL+LABEL…`, or the name of a label alone.
  ///
  /// - Throws: `malformedMerge` if the name or a label is empty, or if there is no name for several
  ///   labels; the latter only when regions are made, since a label's name may hold `+`.
  public init(_ text: String) throws(ImagingError) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      .map { String($0.trimmed) }
    guard let region = parts.first, let labels = parts.last, !region.isEmpty, !labels.isEmpty
    else { throw .malformedMerge(text: text) }
    self.region = region
    self.labels = labels
    self.text = text
  }

  /// The region and its members, given which texts are labels.
  ///
  /// A name that itself holds `=` or `+` is matched whole first, the longest one from the left.
  func resolved(
    isLabel: (String) -> Bool
  ) throws(ImagingError) -> (region: String, members: [String]) {
    if let text, isLabel(text) { return (text, [text]) }
    let pieces = labels.split(separator: "+", omittingEmptySubsequences: false)
    func member(_ run: Range<Int>) -> String {
      String(pieces[run].joined(separator: "+").trimmed)
    }
    var members: [String] = []
    var start = 0
    while start < pieces.count {
      let ends = (start + 1...pieces.count).reversed()
      let end = ends.first { isLabel(member(start..<$0)) } ?? start + 1
      members.append(member(start..<end))
      start = end
    }
    guard !members.contains(""), members.count == 1 || text == nil || region != labels
    else {
      throw .malformedMerge(text: text ?? region + "=" + labels)
    }
    return (region, members)
  }
}
