internal import ChiasmResults
internal import ChiasmAlignment
internal import ChiasmReporting

/// Whether the data were sound and the problems solved.
struct QualitySection: ReportSection {
  let reading: AlignmentReading
  let anchor = "quality"
  let heading = "Quality of data and solutions"

  init(_ reading: AlignmentReading) { self.reading = reading }

  var pieces: [ReportPiece] { sourcePieces + [leftOutTable] + proofPieces + runPieces }

  private var result: AlignmentResult { reading.result }

  private var sourcePieces: [ReportPiece] {
    if let absence = reading.source.absence {
      return [.note(absence + " Voxels dropped and noise ceilings are therefore not shown.")]
    }
    return voxelPieces + ceilingPieces
  }

  private var voxelPieces: [ReportPiece] {
    guard let extraction = reading.source.extraction else {
      return [
        .note("The source was not made by chiasm extract: what was dropped before is not known.")
      ]
    }
    let regions = extraction.regions.filter { reading.sourceNames.contains($0.name) }
    return [
      .fields([
        "repeats": repeats,
        "volumes": "\(extraction.sessions.reduce(0) { $0 + $1.volumes }) in "
          + ReportText.count(extraction.sessions.count, "session"),
        "noise ceilings": extraction.noise_ceiling.map(Self.words),
        "least noise ceiling": extraction.settings.min_noise_ceiling.map { NumberText.short($0) },
        "in several regions": extraction.voxels_in_several_regions > 0
          ? ReportText.count(extraction.voxels_in_several_regions, "voxel") : nil,
      ])
    ] + (regions.isEmpty ? [] : [.figure(voxels(regions)), voxelTable(regions)])
  }

  private var repeats: String? {
    let counts = reading.source.repeats.sorted { $0.key < $1.key }
    guard !counts.isEmpty else { return nil }
    return counts.count == 1
      ? "\(counts[0].key) of every stimulus"
      : counts.map { "\($0.key) of \($0.value) stimuli" }.joined(separator: ", ")
  }

  private static func words(_ ceiling: ExtractionRecord.NoiseCeiling) -> String {
    switch ceiling.source {
    case .ncsnr: "from signal-to-noise ratios"
    case .splitHalf: "from split halves of \(ceiling.repeated_stimuli ?? 0) stimuli"
    }
  }

  /// What voxels were dropped for, in the order in which they are checked.
  static let causes: [VoxelVerdict] = VoxelVerdict.allCases.filter { $0 != .kept }

  private func voxelTable(_ regions: [ExtractionRecord.Region]) -> ReportPiece {
    .table(
      "Voxels of each region in the atlas, kept, and dropped by cause",
      ["region", "voxels", "kept"] + Self.causes.map(\.phrase) + ["labels"],
      regions.map { region in
        [region.name, String(region.voxels), String(region.kept)]
          + Self.causes.map { String(region.dropped[$0.rawValue] ?? 0) }
          + [region.labels.joined(separator: ", ")]
      })
  }

  private var ceilingPieces: [ReportPiece] {
    guard reading.source.ceilings.contains(where: { ($0 ?? []).contains { !$0.isNaN } }) else {
      return [.note("The source has no noise ceilings; chiasm extract --ncsnr adds them.")]
    }
    let rows = zip(reading.sourceNames, reading.source.ceilings).map { name, ceilings in
      let known = (ceilings ?? []).filter { !$0.isNaN }
      return [name, String(known.count)] + ReportText.quantiles(known)
    }
    return [
      .figure(ceilings),
      .table(
        "Quantiles of the noise ceilings",
        ["region", "voxels"] + ReportText.quantileNames,
        rows),
    ]
  }

  private var leftOutTable: ReportPiece {
    .table(
      "Units in the files, in use, and at most left out of a split because they do not vary over its "
        + "training stimuli", result.unitTable, reading.words)
  }

  private var proofPieces: [ReportPiece] {
    [
      .paragraph(
        "\(ReportText.grouped(result.certificate.solves)) transport problems were solved: "
          + "\(reading.sentences.worst). A cost is above the optimum by at most gap plus violation."
      ),
      .table("Certificates by split", result.proofTable, reading.words),
    ]
  }

  private var runPieces: [ReportPiece] {
    guard let run = reading.run else {
      return [.note("Time and memory were not recorded by the version that made this alignment.")]
    }
    return [
      .fields([
        "time": ReportText.duration(run.elapsed_seconds)
          + (run.resumed ? ", without the run before that was stopped" : ""),
        "threads": String(run.threads),
        "peak memory": ReportText.grouped(run.peak_memory_bytes / 1_000_000) + " MB",
      ])
    ]
  }
}

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
