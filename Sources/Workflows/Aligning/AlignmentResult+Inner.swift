internal import ChiasmAlignment
internal import Foundation

extension AlignmentResult {
  /// How much of the units was matched; nil where everything was, unasked.
  var innerLine: String? {
    let matches = splits.filter { $0.fit.isPartial }.flatMap(\.fit.matches)
    guard let least = matches.map(\.mass).min(), let greatest = matches.map(\.mass).max() else {
      return nil
    }
    func text(_ mass: Double) -> String { String(format: "%g", mass) }
    let range = least == greatest ? text(least) : "\(text(least)) to \(text(greatest))"
    let mean = matches.reduce(0) { $0 + $1.mass } / Double(matches.count)
    return "Mass of matched units: \(range)"
      + (least == greatest ? "." : String(format: ", mean %.2f.", mean))
  }
}
