extension SliceChart {
  /// What a picture shows, for who rests on it or listens.
  func title(_ panel: Panel, of row: Row) -> String {
    let place = [row.name.isolated, panel.caption.isolated].filter { !$0.isEmpty }
    return place.joined(separator: ", ") + ": " + summary([panel], row.pixelName)
  }

  /// What all pictures show.
  var words: String {
    guard !rows.isEmpty else { return "Nothing to show." + notice }
    let kinds = rows.map { row in
      let captions = row.panels.map(\.caption.isolated).filter { !$0.isEmpty }
      return "\(row.name.isolated, or: "Row") (\(captions.joined(separator: ", "))): "
        + summary(row.panels, row.pixelName)
    }
    return "\(coloring.name.isolated, or: "Values"). " + kinds.joined(separator: "; ") + "."
      + notice
  }

  private var notice: String { note.isEmpty ? "" : " \(note.isolated)" }

  private func summary(_ panels: [Panel], _ noun: String) -> String {
    let values = panels.flatMap(\.values.present)
    let regions = panels.map { ($0.region ?? $0.values).present.count }.reduce(0, +)
    let missing = max(0, regions - values.count)
    let without = missing > 0 ? ", \(missing) without a value" : ""
    guard let low = values.min(), let high = values.max() else { return "no values" + without }
    return String.count(values.count, noun) + ", " + coloring.summary(values, low, high) + without
  }
}

extension SliceColoring {
  fileprivate func summary(_ values: [Double], _ low: Double, _ high: Double) -> String {
    switch self {
    case .scale:
      let ends = [low, high].map { NumberText.short($0, digits: 3) }
      return ends[0] == ends[1] ? ends[0] : "\(ends[0]) to \(ends[1])"
    case .names(_, let names, _):
      let counts = Dictionary(values.map { ($0, 1) }, uniquingKeysWith: +)
      let known = names.compactMap { name in
        counts[name.value].map { "\(name.name.isolated) \($0)" }
      }
      let others = values.count - names.reduce(0) { $0 + (counts[$1.value] ?? 0) }
      let all = known.prefix(12) + (known.count > 12 ? ["…"] : [])
      return (all + (others > 0 ? ["without a name \(others)"] : [])).joined(separator: ", ")
    }
  }
}
