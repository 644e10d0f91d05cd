internal import ChiasmFiles
internal import ChiasmResponses

extension ColumnStore {
  /// An assembly of Brain-Score (xarray, netCDF-4): a matrix of presentations × neuroids whose stages are
  /// told by the coordinate `layer` or `region` along its neuroids; nil for a file of another kind.
  ///
  /// Stimuli are the coordinate `stimulus_id` along the presentations, else `stimulus_path`. Where a
  /// stimulus is presented several times, its presentations are averaged. A third dimension of one time
  /// bin is dropped.
  ///
  /// - Throws: for more time bins than one, for presentations without names, and for neuroids without a
  ///   layer or a region.
  init?(assembly file: HDF5File) throws {
    guard let (name, dimensions) = Self.assembly(of: file) else { return nil }
    let description = try file.description(of: name)
    let shape = description.shape
    let place = file.location(of: name)
    guard shape.count == 2 || shape.dropFirst(2).allSatisfy({ $0 == 1 }) else {
      throw ArrayFileError.malformed(
        path: place,
        problem:
          "has the dimensions \(dimensions.joined(separator: " × ")) with \(shape) elements; "
          + "select one time bin, or average over them, and save it again")
    }
    func coordinate(
      _ names: [String], along dimension: Int
    ) throws -> (name: String, values: [String])? {
      for name in names {
        let isAlong =
          file.dimensions(of: name) == [dimensions[dimension]] || name == dimensions[dimension]
        guard file.contains(name), isAlong else { continue }
        return (name, try file.array(name).identifiers(name: file.location(of: name)))
      }
      return nil
    }
    guard let labels = try coordinate(["layer", "region"], along: 1) else {
      throw ArrayFileError.malformed(
        path: place,
        problem:
          "its \(dimensions[1]) has no coordinate layer or region, which tells the stages apart")
    }
    guard let stimuli = try coordinate(["stimulus_id", "stimulus_path"], along: 0) else {
      throw ArrayFileError.malformed(
        path: place,
        problem:
          "its \(dimensions[0]) has no coordinate stimulus_id or stimulus_path, which names the "
          + "stimulus of every row")
    }
    let isBrain = labels.name == "region"
    let type: String? = if case .numbers(let type) = description.content { type } else { nil }
    self.init(
      path: file.path, format: "an assembly of Brain-Score (netCDF)",
      role: isBrain ? .region : .layer, stimulusIDs: stimuli.values,
      hasRepeats: Set(stimuli.values).count < stimuli.values.count,
      stages: ColumnStage.stages(labels: labels.values),
      source: Source(datatype: type, place: place) { try file.array(name, columns: $0) },
      files: [file.path],
      notes: [
        "\(file.path): the coordinate \(labels.name) tells \(isBrain ? "regions" : "layers") apart, and "
          + "\(stimuli.name) names the stimuli."
      ])
  }

  /// The variable of an assembly: the first whose second dimension is called neuroid.
  private static func assembly(of file: HDF5File) -> (name: String, dimensions: [String])? {
    for name in file.names {
      if let dimensions = file.dimensions(of: name), dimensions.count >= 2,
        dimensions[1] == "neuroid"
      {
        return (name, dimensions)
      }
    }
    return nil
  }
}
