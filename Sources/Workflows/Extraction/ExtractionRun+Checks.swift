internal import ChiasmFiles
internal import ChiasmImaging

extension ExtractionRun {
  static func check(_ settings: ExtractionSettings) throws {
    if !settings.scale.isFinite || settings.scale == 0 {
      throw WorkflowError.setting(
        name: "The scale", expected: "a number other than 0", actual: "\(settings.scale)")
    }
    if !(settings.gridTolerance >= 0 && settings.gridTolerance.isFinite) {
      throw WorkflowError.setting(
        name: "The grid tolerance", expected: "a number of mm from 0",
        actual: "\(settings.gridTolerance)")
    }
    guard let least = settings.minimumNoiseCeiling else { return }
    if !(0...1).contains(least) {
      throw WorkflowError.setting(
        name: "The least noise ceiling", expected: "a share from 0 to 1", actual: "\(least)")
    }
  }

  /// One volume has no standard deviation.
  static func check(_ trials: TrialTable, _ settings: ExtractionSettings) throws {
    guard settings.standardization != .none else { return }
    let usesAll = settings.standardization == .sessionAll
    for session in trials.sessions {
      guard session.stimulusIDs.count(where: { usesAll || $0 != nil }) == 1 else { continue }
      throw ArrayFileError.malformed(
        path: session.table,
        problem:
          "session \(session.name) has one volume\(usesAll ? "" : " with a stimulus"), which "
          + "cannot be standardised; take --standardize none" + (usesAll ? "" : " or session-all"))
    }
  }

  func checkRegionsHaveVoxels() throws {
    for region in regions.regions.regions where region.voxels.isEmpty {
      throw WorkflowError.emptyRegion(
        name: region.name, voxels: 0, dropped: "no voxel has its label or lies in its mask")
    }
  }

  func check(_ region: Extraction.ExtractedRegion) throws {
    let missing = region.count(.notFinite) + region.count(.constant)
    if settings.missing == .error, missing > 0,
      let first = region.verdicts.firstIndex(where: { $0 == .notFinite || $0 == .constant })
    {
      let (i, j, k) = recording.space.grid.indices(at: region.voxels[first])
      throw WorkflowError.missingData(
        region: region.name, voxels: missing, example: "such as voxel \(i) \(j) \(k)")
    }
    guard region.count(.kept) == 0 else { return }
    let causes = VoxelVerdict.allCases.filter { $0 != .kept && region.count($0) > 0 }
      .map { "\(region.count($0)) \($0.phrase)" }
    throw WorkflowError.emptyRegion(
      name: region.name, voxels: region.voxels.count, dropped: causes.joined(separator: ", "))
  }
}
