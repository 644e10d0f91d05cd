internal import ChiasmResults
internal import ChiasmResponses
public import ChiasmFiles
internal import ChiasmImaging
internal import ChiasmLinearAlgebra

extension Simulation {
  /// Writes recordings, model and what layer each region is made from into a new folder.
  ///
  /// - Parameter command: the command line, for the record.
  public func write(to folder: OutputFolder, command: String) throws(WorkflowError) {
    do {
      try writeRecordings(to: folder)
      try writeRegions(to: folder)
      try writeModel(to: folder)
      if settings.isRelated { try truthTable.write(to: folder.path(for: "truth.tsv")) }
      try stimulusTable?.write(to: folder.path(for: ResponseSetFolder.stimuli))
      try TextFile.write(readme, to: folder.path(for: "README.txt"))
      let provenance = try Provenance(
        command: command, seed: settings.seed, inputs: [], notes: [summary])
      try JSONFile.write(provenance, to: folder.path(for: "provenance.json"))
    } catch {
      throw WorkflowError(error)
    }
  }

  private var header: NIfTIHeader { NIfTIHeader(grid: SimulatedAnatomy.grid) }

  private func writeRecordings(to folder: OutputFolder) throws {
    var rows: [[String]] = []
    let width = max(2, String(settings.sessionCount).count)
    for session in 0..<settings.sessionCount {
      let number = String(session + 1).padded(to: width)
      var writer = try NIfTIWriter(
        path: folder.path(for: "recordings/betas_session\(number).nii.gz"), like: header,
        volumeCount: stimuli(ofSession: session).count, datatype: .int16)
      let trials = try runSession(session) { try writer.write($0) }
      try writer.commit()
      rows += trials.enumerated().map { [String(session + 1), String($0 + 1), stimulusIDs[$1]] }
    }
    try Table(columns: ["session", "trial", "stimulus_id"], rows: rows)
      .write(to: folder.path(for: "recordings/trials.tsv"))
  }

  private func writeRegions(to folder: OutputFolder) throws {
    try NIfTIWriter.write(
      anatomy.labels, to: folder.path(for: "recordings/visualrois.nii.gz"), like: header)
    let rows = SimulatedAnatomy.areas.enumerated().map { [String($0 + 1), $1.name] }
    try Table(columns: ["index", "name"], rows: rows)
      .write(to: folder.path(for: "recordings/visualrois_dseg.tsv"))
    var ratios = [Double](repeating: .nan, count: SimulatedAnatomy.grid.voxelCount)
    for voxel in voxels { ratios[voxel.place] = voxel.signalToNoise }
    try NIfTIWriter.write(
      [ratios], to: folder.path(for: "recordings/ncsnr.nii.gz"), like: header)
  }

  private func writeModel(to folder: OutputFolder) throws {
    try Table(columns: ["stimulus_id"], rows: modelRows.map { [stimulusIDs[$0]] })
      .write(to: folder.path(for: "model/\(ResponseSetFolder.stimuli)"))
    let rows = model.layers.map {
      [$0.name, ResponseSetFolder.matrix($0.name), String($0.units.count)]
    }
    try Table(columns: ["name", "file", "units"], rows: rows)
      .write(to: folder.path(for: "model/\(ResponseSetFolder.stages)"))
    for layer in model.layers {
      let responses = layer.responses(rows: modelRows)
      try NumpyArray(
        shape: [responses.rowCount, responses.columnCount], elements: .float32(responses.elements)
      ).write(to: folder.path(for: "model/\(ResponseSetFolder.matrix(layer.name))"))
    }
  }

  /// Which stimuli belong together; nil where none do.
  private var stimulusTable: Table? {
    settings.dependence.map { dependence in
      let groups = dependence.groups(of: stimulusIDs.count)
      return Table(
        columns: ["stimulus_id", dependence.column],
        rows: zip(stimulusIDs, groups).map { [$0, "\(dependence.column)\($1 + 1)"] })
    }
  }

  private var truthTable: Table {
    Table(
      columns: ["source_stage", "target_stage"], rows: Self.truth.map { [$0.source, $0.target] })
  }
}

extension Simulation {
  /// What was simulated, in one sentence.
  public var summary: String {
    "\(settings.stimulusCount) stimuli, \(showing); "
      + "\(voxels.count { $0.signal != nil }) voxels in \(SimulatedAnatomy.areas.count) areas; "
      + "\(model.layers.count) layers; noise \(settings.noise), seed \(settings.seed)."
      + (settings.isRelated ? "" : " Brain and model have nothing in common.")
  }

  private var showing: String {
    let sessions = ReportText.count(settings.sessionCount, "session")
    return switch settings.dependence {
    case .sessions: "each shown once in one of \(sessions), whose responses differ by offsets"
    case .film(let memory):
      "a film that is shown from its start in each of \(sessions), each a memory of \(memory) of the last"
    case .categories(let count):
      "in \(count) categories, shown once in each of \(sessions)"
    case nil: "shown once in each of \(sessions)"
    }
  }

  private var readme: String {
    let words =
      settings.isRelated
      ? (
        what: "whose correspondence is known", layer: "the layer that truth.tsv names",
        aim: "find the layers again"
      )
      : (
        what: "that have nothing in common", layer: "a layer of a hidden model",
        aim: "show that nothing is found"
      )
    return """
      A simulated brain and a simulated model \(words.what).

      \(summary)
      Every voxel of a region mixes units of \(words.layer), and adds noise to each
      trial; layer5 belongs to no region. Some voxels have next to no signal, and \(gap.places.count)
      have no data in session \(gap.session + 1). Recordings are percent signal change times 300.\(grouping)

      In this folder, these commands \(words.aim):

      \(commands.joined(separator: "\n\n"))

      """
  }

  private var grouping: String {
    settings.dependence.map {
      "\nThe column \($0.column) of stimuli.tsv says which stimuli belong together."
    } ?? ""
  }

  /// What extracts, aligns and shows this simulation, in its folder.
  private var commands: [String] {
    let align =
      settings.dependence.map { dependence in
        """
        chiasm align --source brain --target model --stimulus-table stimuli.tsv \\
          \(dependence.alignOptions) --permutations 200 --output alignment
        """
      } ?? Self.commands[1]
    return [
      Self.commands[0], align,
      settings.isRelated ? Self.commands[2] : "chiasm report alignment",
    ]
  }

  /// What extracts, aligns and shows a simulation, in its folder.
  static let commands = [
    """
    chiasm extract --image recordings/betas_session*.nii.gz --trials recordings/trials.tsv \\
      --atlas recordings/visualrois.nii.gz --region V1=V1v+V1d V2=V2v+V2d V3=V3v+V3d hV4 IT \\
      --scale 1/300 --ncsnr recordings/ncsnr.nii.gz --min-noise-ceiling 0.2 --output brain
    """,
    "chiasm align --source brain --target model --output alignment",
    "chiasm report alignment --known truth.tsv",
  ]
}
