internal import ChiasmReporting

extension QualitySection {
  func voxels(_ regions: [ExtractionRecord.Region]) -> ReportFigure {
    let causes = Self.causes.filter { cause in
      regions.contains { ($0.dropped[cause.rawValue] ?? 0) > 0 }
    }
    let rows = regions.map { region in
      BarChart.Row(
        region.name,
        amounts: [Double(region.kept)] + causes.map { Double(region.dropped[$0.rawValue] ?? 0) })
    }
    return ReportFigure(
      .voxels,
      caption:
        "Voxels of each region in the atlas: those that were kept, and those that were dropped, by "
        + "cause. It shows how much is missing, not whether what is missing matters.",
      BarChart(
        ChartHeading(name: FigureKind.voxels.rawValue, title: "Voxels kept and dropped"),
        parts: ["kept"] + causes.map(\.phrase), rows: rows, valueName: "Voxels"))
  }

  var ceilings: ReportFigure {
    let panels = zip(reading.sourceNames, reading.source.ceilings).map { name, ceilings in
      HistogramChart.Panel(name, values: (ceilings ?? []).filter { !$0.isNaN })
    }
    return ReportFigure(
      .ceilings,
      caption:
        "Noise ceilings of the voxels in use: the share of a voxel's variance over stimuli that is "
        + "signal, once repeats are averaged. The greatest correlation that a prediction without noise "
        + "can reach is its square root.",
      HistogramChart(
        ChartHeading(name: FigureKind.ceilings.rawValue, title: "Noise ceilings"), panels: panels,
        valueName: "Noise ceiling, share of variance"))
  }
}
