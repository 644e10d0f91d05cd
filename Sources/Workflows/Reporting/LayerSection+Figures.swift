internal import ChiasmReporting
internal import ChiasmStatistics

extension LayerSection {
  func figure(_ profiles: LayerProfiles) -> ReportFigure {
    let ceilings = reading.scoreCeilings
    let panels = reading.sourceNames.indices.map { source in
      ProfileChart.Panel(
        reading.sourceNames[source], points: profiles.spreads[source].map(Self.point),
        level: ceilings[source], marked: profiles.preferred[source])
    }
    return ReportFigure(
      .layers, caption: caption,
      ProfileChart(
        ChartHeading(
          name: FigureKind.layers.rawValue,
          title: "Held-out score of each \(reading.targetNoun) by \(reading.sourceNoun)"),
        categories: reading.targetNames, panels: panels,
        categoryName: reading.targetNoun.capitalizedFirst, valueName: "Held-out score, r",
        levelName: "allowed by noise", markName: "greatest score"))
  }

  private static func point(_ spread: Spread) -> ProfileChart.Value {
    let band = ChartInterval(
      low: spread.mean - spread.deviation, high: spread.mean + spread.deviation)
    return ProfileChart.Value(spread.mean.finite, band: spread.deviation.isFinite ? band : nil)
  }
}
