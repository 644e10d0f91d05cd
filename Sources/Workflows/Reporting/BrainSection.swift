internal import ChiasmResponses
internal import ChiasmAlignment
internal import ChiasmImaging
internal import ChiasmReporting

/// Where in the brain the numbers lie.
struct BrainSection: ReportSection {
  let reading: AlignmentReading
  let anchor = "brain"
  let heading = "In the brain"

  init(_ reading: AlignmentReading) { self.reading = reading }

  var pieces: [ReportPiece] {
    guard let maps = reading.maps else {
      return [
        .note(
          "The \(reading.unitNoun)s of the source have no place in a brain, so there are no maps"
            + (reading.isBrain
              ? ": 'chiasm extract' writes the places of voxels beside the responses." : "."))
      ]
    }
    return views(maps).map(ReportPiece.figure) + distributionPieces(maps)
  }

  private func distributionPieces(_ maps: BrainMaps) -> [ReportPiece] {
    let scores = voxelScores(maps)
    guard !scores.isEmpty else {
      return [
        .note(
          (reading.source.absence ?? "The source does not tell the places of its voxels.")
            + " Scores of voxels by \(reading.sourceNoun) are therefore not shown.")
      ]
    }
    let rows = zip(reading.sourceNames, scores).map { name, scores in
      [name, String(scores.count)] + ReportText.quantiles(scores)
    }
    return [
      .figure(distributions(scores)),
      .table(
        "Quantiles of the voxels' held-out scores",
        [reading.sourceNoun, "voxels"] + ReportText.quantileNames, rows),
    ]
  }

  /// For each region the scores of its voxels that have one; empty if the voxels' places are not known.
  ///
  /// A voxel in several regions has the mean of its scores, as in the map.
  private func voxelScores(_ maps: BrainMaps) -> [[Double]] {
    guard let recording = reading.source.recording,
      recording.space.indexCounts == maps.heldOutScore.grid.shape
    else { return [] }
    return recording.values(of: maps.heldOutScore.values).map { $0.filter(\.isFinite) }
  }

  var distributionCaption: String {
    "Held-out scores of single voxels, mean over \(reading.splitCount), one distribution a "
      + "\(reading.sourceNoun). Noise differs from voxel to voxel: a low score need not be a poor match."
  }
}

extension BrainSection {
  func views(_ maps: BrainMaps) -> [ReportFigure] {
    let score = SliceColoring.scale(
      name: "Held-out score, r", range: Self.signedRange(maps.heldOutScore.values))
    let targets = reading.targetNames
    let depths = 1...Double(max(targets.count, 2))
    return [
      slices(
        .depthMap, of: maps.expectedDepth,
        .scale(name: "Expected depth, \(reading.targetNoun) from 1", range: depths),
        "Expected depth of each voxel's \(reading.sourceNoun). All voxels of a \(reading.sourceNoun) have "
          + "one value, but where \(reading.sourceNoun)s overlap."),
      slices(
        .layerMap, of: maps.bestLayer,
        .names(
          "Best \(reading.targetNoun)",
          targets.enumerated().map { SliceColoring.Name(Double($0.offset + 1), $0.element) },
          isOrdered: true),
        "The \(reading.targetNoun) with the greatest coupling share of each voxel's \(reading.sourceNoun). "
          + "It does not say by how much."),
      slices(
        .scoreMap, of: maps.heldOutScore, score,
        "Correlation of each voxel's held-out responses with their prediction, mean over "
          + "\(reading.splitCount). Outlined voxels without a colour have no score. No test was made in "
          + "single voxels."),
      glass(maps, score),
    ]
  }

  /// As far to both sides of zero as the values reach; nil where none is negative.
  private static func signedRange(_ values: [Double]) -> ClosedRange<Double>? {
    let known = values.filter(\.isFinite)
    guard let low = known.min(), let high = known.max(), low < 0 else { return nil }
    let most = (max(-low, high) * 10).rounded(.up) / 10
    return -most...most
  }

  /// The number of each voxel's region, from 1, on the grid of the maps; nil if the voxels' places are not
  /// known.
  private func regions(_ map: ScalarImage) -> ScalarImage? {
    guard let recording = reading.source.recording,
      recording.space.indexCounts == map.grid.shape
    else { return nil }
    return ScalarImage(recording.labels { Int32($0 + 1) })
  }

  private func slices(
    _ kind: FigureKind, of map: ScalarImage, _ coloring: SliceColoring, _ caption: String
  ) -> ReportFigure {
    let views = BrainViews(of: map, anatomy: reading.anatomy, margin: margin)
    // The same slices, which the same voxels choose.
    let voxels = map.values.indices.filter { !map.values[$0].isNaN }
    let regions = regions(map).map { BrainViews(of: $0, voxels: voxels, margin: margin) }
    let rows = SlicePlane.allCases.map { plane in
      let parts = regions?.slices(plane).map(\.values)
      return SliceChart.Row(
        plane.rawValue.capitalizedFirst, pixelName: "voxel", isOutlined: true,
        panels: views.slices(plane).enumerated().map { Self.panel($1, parts: parts?[$0]) })
    }
    let names =
      regions == nil
      ? ""
      : " The name of a \(reading.sourceNoun) stands on its largest part in a slice, where there is room."
    return figure(
      kind, rows: rows, coloring,
      caption + names + " Slices hold the most voxels; left is left. Nothing is interpolated"
        + (reading.anatomy == nil ? "." : "; the grey image below is sampled at the slices."))
  }

  private func glass(_ maps: BrainMaps, _ coloring: SliceColoring) -> ReportFigure {
    let views = BrainViews(of: maps.heldOutScore, margin: margin)
    return figure(
      .glass,
      rows: [
        SliceChart.Row(
          "Greatest value along the line of sight", pixelName: "line of sight", isOutlined: true,
          panels: views.projections.map { Self.panel($0) })
      ], coloring,
      "The greatest held-out score along each line of sight through the brain, from above, from behind and "
        + "from the right. It shows where the best voxels are, and hides all others.")
  }

  private func figure(
    _ kind: FigureKind, rows: [SliceChart.Row], _ coloring: SliceColoring, _ caption: String
  ) -> ReportFigure {
    ReportFigure(
      kind, caption: caption,
      SliceChart(
        ChartHeading(
          name: kind.rawValue,
          title: kind.summary.replacing("layer", with: reading.targetNoun).capitalizedFirst),
        rows: rows,
        coloring: coloring,
        partNames: reading.sourceNames.enumerated().map {
          SliceColoring.Name(Double($0.offset + 1), $0.element)
        }))
  }

  /// Voxels around those of the regions; with an anatomical image more of it.
  private var margin: Int { reading.anatomy == nil ? 2 : 12 }

  private static func panel(
    _ view: BrainViews.View, parts: PlaneImage? = nil
  ) -> SliceChart.Panel {
    let plane = view.values.plane
    return SliceChart.Panel(
      values: PixelMatrix(view.values), region: PixelMatrix(view.region),
      background: view.background.map { PixelMatrix($0) },
      parts: parts.map { PixelMatrix($0) }, width: view.values.width,
      height: view.values.height,
      caption: view.position.map {
        "\(plane.normalName) = \(NumberText.fixed($0, decimals: 0)) mm"
      } ?? plane.rawValue, leftEnd: plane.sides.left, rightEnd: plane.sides.right)
  }

  func distributions(_ scores: [[Double]]) -> ReportFigure {
    ReportFigure(
      .voxelScores, caption: distributionCaption,
      DistributionChart(
        ChartHeading(name: FigureKind.voxelScores.rawValue, title: "Held-out scores of voxels"),
        samples: zip(reading.sourceNames, scores).map { DistributionChart.Sample($0, values: $1) },
        categoryName: reading.sourceNoun.capitalizedFirst, valueName: "Held-out score, r"))
  }
}

extension PixelMatrix {
  fileprivate init(_ image: PlaneImage) {
    self.init(rowCount: image.rowCount, columnCount: image.columnCount, values: image.values)
  }
}
