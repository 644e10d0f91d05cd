internal import ChiasmAlignment
internal import Foundation
internal import ChiasmImaging
internal import ChiasmStatistics

/// Everything that a report says, read from the folder of an alignment and from the response set that
/// it explains. What is not there is nil; what is there and damaged is an error.
public struct AlignmentReading: Sendable {
  /// The folder of the alignment.
  let path: String
  let record: AlignmentRecord
  /// The draws behind nulls and intervals.
  let draws: ReplicateDraws
  /// Nil when the source is not a brain.
  let maps: BrainMaps?
  let source: SourceReading
  /// How long the alignment took.
  let run: RunRecord?
  /// The right target stage of source stages, where the user named it.
  let known: [String: String]
  /// The image under brain views.
  let anatomy: ScalarImage?

  /// Reads an alignment.
  ///
  /// - Throws: `file` for a folder without `alignment.json`, or for what is damaged; `image` for maps
  ///   and anatomical images; `unrecognised` for a source that is not the one that was aligned.
  public init(_ settings: ReportSettings) throws(WorkflowError) {
    do {
      path = settings.folder
      let file = path + "/" + AlignmentFinding.fileName
      record = try AlignmentRecord.read(file)
      draws = try ReplicateDraws(path: path + "/replicates.npz")
      maps = try BrainMaps(folder: path + "/maps")
      source = try SourceReading(record, alignment: path, named: settings.source)
      let run = path + "/" + RunRecord.fileName
      self.run =
        FileManager.default.fileExists(atPath: run)
        ? try JSONFile.read(RunRecord.self, from: run) : nil
      known =
        try settings.known.map { try AlignmentFinding(path: file, known: $0).known?.targets ?? [:] }
        ?? [:]
      anatomy = try settings.anatomy.map { try Self.anatomy($0) }
    } catch {
      throw WorkflowError(error)
    }
  }
}

extension AlignmentReading {
  /// An image of one volume, or a volume that is named.
  private static func anatomy(_ text: String) throws -> ScalarImage {
    let image = try ImageArgument(values: text)
    let reader = try NIfTIReader(path: image.path)
    try reader.header.requireVolume(path: image.path)
    return ScalarImage(grid: reader.grid, values: try reader.readOne(volume: image.volume))
  }

  var sourceNames: [String] { record.source.stages }
  var targetNames: [String] { record.target.stages }

  /// The splits in order.
  var splits: [SplitRecord] { record.split_order.compactMap { record.splits[$0] } }

  /// The place of the known target stage of every source stage.
  var knownTargets: [Int?] {
    sourceNames.map { name in known[name].flatMap { targetNames.firstIndex(of: $0) } }
  }

  /// The null test of a statistic, if it was made.
  func test(
    _ null: NullTest.Null, _ statistic: String, source: String? = nil, target: String? = nil
  ) -> EvidenceRecord.Test? {
    record.evidence?.nulls.first {
      $0.null == null.rawValue && $0.statistic == statistic && $0.source_stage == source
        && $0.target_stage == target
    }
  }

  /// The interval of a statistic, if there is one.
  func interval(
    _ draws: IntervalEstimate.Method, _ statistic: String, source: String? = nil,
    target: String? = nil
  ) -> EvidenceRecord.Interval? {
    record.evidence?.intervals.first {
      $0.draws_of == draws.rawValue && $0.statistic == statistic && $0.source_stage == source
        && $0.target_stage == target
    }
  }
}

extension EvidenceRecord.Interval {
  /// The ends to show; in an alignment of before there was a rule, those that it gives now.
  var ends: ClosedRange<Double>? {
    guard let low = interval_low ?? bca_low ?? low, let high = interval_high ?? bca_high ?? high
    else { return nil }
    return low <= high ? low...high : nil
  }

  /// Where they come from.
  var method: BootstrapInterval.Method? {
    interval_method.flatMap(BootstrapInterval.Method.init)
      ?? (bca_low != nil ? .bca : low != nil ? .percentile : nil)
  }
}

extension BootstrapInterval.Method {
  /// As people write it.
  var name: String {
    switch self {
    case .bca: "BCa"
    case .percentile: "percentile"
    }
  }
}
