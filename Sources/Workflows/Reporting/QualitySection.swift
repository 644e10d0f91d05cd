internal import ChiasmAlignment
internal import ChiasmReporting

/// Whether the data were sound and the problems solved.
struct QualitySection: ReportSection {
  let reading: AlignmentReading
  let anchor = "quality"
  let heading = "Quality of data and solutions"

  init(_ reading: AlignmentReading) { self.reading = reading }

  var pieces: [ReportPiece] { sourcePieces + [leftOutTable] + proofPieces + runPieces }

  private var record: AlignmentRecord { reading.record }

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
    func rows(_ side: AlignmentRecord.Side, _ role: String, _ constant: KeyPath<SplitRecord, [Int]>)
      -> [[String]]
    {
      side.stages.indices.map { stage in
        let used = min(side.units[stage], record.settings.max_units ?? .max)
        let counts = reading.splits.map { $0[keyPath: constant][stage] }
        return [
          side.stages[stage], role, String(side.units[stage]), String(used),
          counts.max().map(String.init) ?? "n/a",
        ]
      }
    }
    return .table(
      "Units in the files, in use, and at most left out of a split because they do not vary over its "
        + "training stimuli",
      ["stage", "side", "in file", "in use", "constant"],
      rows(record.source, "source", \.constant_source_units)
        + rows(record.target, "target", \.constant_target_units))
  }

  private var proofPieces: [ReportPiece] {
    let proof = record.certificate
    return [
      .paragraph(
        "\(ReportText.grouped(proof.solves)) transport problems were solved; the worst marginal error is "
          + "\(NumberText.scientific(proof.worst_primal_violation)), the worst dual violation "
          + "\(NumberText.scientific(proof.worst_dual_violation)), the widest duality gap "
          + "\(NumberText.scientific(proof.worst_gap)). A cost is above the optimum by at most gap plus "
          + "violation."),
      .table(
        "Certificates by split",
        [
          "split", "training stimuli", "held out", "problems", "marginal error", "dual violation",
          "gap", "cost",
        ],
        record.split_order.compactMap { name in
          record.splits[name].map { split in
            [
              name, String(split.training_stimuli), String(split.heldout_stimuli),
              String(split.certificate.solves),
            ]
              + [
                split.certificate.worst_primal_violation, split.certificate.worst_dual_violation,
                split.certificate.worst_gap,
              ].map(NumberText.scientific) + [ReportText.number(split.cost, decimals: 4)]
          }
        }),
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
