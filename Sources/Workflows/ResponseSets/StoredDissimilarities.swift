internal import ChiasmDatasets
internal import ChiasmFiles
internal import ChiasmLinearAlgebra
internal import ChiasmResponses
internal import Foundation

/// The RDMs of a file of arrays, before their stimuli are known by name.
struct StoredDissimilarities {
  let path: String
  /// The RDMs by the names of their stages.
  let matrices: [(name: String, matrix: Matrix<Double>)]
  /// The names of the rows; nil where the file has none.
  let stimulusIDs: [String]?
  /// The files that were read.
  let files: [String]

  /// Arrays that were left out, for the user to see.
  let notes: [String]

  /// Reads the stages named, all when nil, and the names of the rows: those of `list`; else those that the
  /// file itself holds; else those of `fallback`; else those of a table beside it.
  ///
  /// - Parameters:
  ///   - list: a table with the column `stimulus_id`, or a name a line.
  ///   - fallback: the same, for a file that does not name its stimuli.
  /// - Throws: for a file that cannot be read, or has no RDM by the shape of its arrays, and for a stage
  ///   that is not there.
  init(
    path: String, stages: [String]?, list: String?, fallback: String?
  ) throws(WorkflowError) {
    do {
      guard let file = try ArrayFiles.open(path) else {
        throw ArrayFileError.malformed(
          path: path,
          problem: "is \(try FileContent(path: path).noun), no file of RDMs; .npy, .npz, .mat, "
            + ".safetensors and matrices of text (.csv, .tsv) are read")
      }
      var (found, misfits) = ([(name: String, matrix: Matrix<Double>)](), [String]())
      for name in file.names where name != ArrayFiles.stimulusKey {
        // Scalars, text, structs and the like are left out.
        let description = try file.description(of: name)
        guard case .numbers = description.content, description.shape.reduce(1, *) != 1 else {
          continue
        }
        let matrices = try StoredArray(
          name: name, array: try file.array(name), isLastOfRDMs: file.isOfMATLAB
        ).matrices(path: path)
        found += matrices
        if matrices.isEmpty { misfits.append("\(name) \(description.shape)") }
      }
      guard !found.isEmpty else {
        throw ArrayFileError.malformed(
          path: path,
          problem:
            "has no RDM: one is stimuli × stimuli, several are RDMs × stimuli × stimuli, and a "
            + "list has n (n - 1) / 2 dissimilarities; its arrays are "
            + (misfits.isEmpty ? "none" : misfits.joined(separator: ", ")))
      }
      matrices = try stages.map { try Self.select($0, of: found, path: path) } ?? found
      notes =
        stages != nil || misfits.isEmpty
        ? [] : ["\(path): left out, as no RDM by its shape: \(misfits.joined(separator: ", "))."]
      self.path = path
      var names = try StimulusNames(of: file, list: list)
      if let fallback, list == nil, names == nil || names?.table != nil {
        names = try StimulusNames(of: file, list: fallback)
      }
      stimulusIDs = names?.ids
      files = [file.path] + [names?.table].compactMap(\.self)
    } catch {
      throw WorkflowError(error)
    }
  }

  private static func select(
    _ names: [String], of found: [(name: String, matrix: Matrix<Double>)], path: String
  ) throws(WorkflowError) -> [(name: String, matrix: Matrix<Double>)] {
    try names.map { name throws(WorkflowError) in
      guard let stage = found.first(where: { $0.name == name }) else {
        throw .responses(path: path, .unknownStage(name: name, available: found.map(\.name)))
      }
      return stage
    }
  }

  /// The RDMs, checked.
  ///
  /// - Parameter rows: the names of the rows where the file has none.
  func set(rows: [String]) throws(WorkflowError) -> DissimilaritySet {
    do {
      return try DissimilaritySet(stimulusIDs: stimulusIDs ?? rows, matrices: matrices)
    } catch .duplicateStimuli(let examples, let count) {
      let place = files.last ?? path
      throw .file(
        .malformed(
          path: place,
          problem:
            "its \(place == path ? "array" : "column") stimulus_id names stimuli more than once "
            + "(\(count) in all, such as \(examples.joined(separator: ", "))); each row of an RDM is a "
            + "stimulus of its own"))
    } catch {
      throw .responses(path: path, error)
    }
  }
}

extension StoredDissimilarities {
  /// n for a list of n (n − 1) / 2; nil for another length.
  static func size(ofTriangle length: Int) -> Int? {
    let size = Int((Double(2 * length) + 0.25).squareRoot() + 0.5)
    return length > 0 && size * (size - 1) / 2 == length ? size : nil
  }

  /// An array of a file that may hold RDMs.
  fileprivate struct StoredArray {
    /// The name of its stage.
    let name: String
    let array: NumpyArray
    /// Whether the last axis counts the RDMs where all three are as long, as in MATLAB.
    let isLastOfRDMs: Bool
  }
}

extension StoredDissimilarities.StoredArray {
  /// The RDMs: one of stimuli × stimuli or of a list of its upper triangle, row by row, as SciPy and
  /// rsatoolbox have it; or several, each a stage, `NAME_1` and so on. None if the shape is another.
  fileprivate func matrices(path: String) throws -> [(name: String, matrix: Matrix<Double>)] {
    let place = "\(path), \(name)"
    let values = try array.doubles(name: place)
    // A list is a row or a column in MATLAB.
    let shape = array.shape.count == 2 && array.shape.contains(1) ? [values.count] : array.shape
    func several(_ count: Int, _ matrix: (Int) -> Matrix<Double>) -> [(String, Matrix<Double>)] {
      (0..<count).map { (count == 1 ? name : "\(name)_\($0 + 1)", matrix($0)) }
    }
    func squares(_ count: Int, _ size: Int, step: Int, stride: Int) -> [(String, Matrix<Double>)] {
      several(count) { number in
        Matrix(
          rowCount: size, columnCount: size,
          elements: (0..<size * size).map { values[number * step + $0 * stride] })
      }
    }
    let isLast = shape.count == 3 && shape[0] == shape[1] && (isLastOfRDMs || shape[1] != shape[2])
    switch shape.count {
    case 2 where shape[0] == shape[1] && shape[0] > 1:
      return squares(1, shape[0], step: 0, stride: 1)
    case 3 where isLast && shape[0] > 1:
      return squares(shape[2], shape[0], step: 1, stride: shape[2])
    case 3 where shape[1] == shape[2] && shape[1] > 1:
      return squares(shape[0], shape[1], step: shape[1] * shape[1], stride: 1)
    case 1, 2:
      guard let length = shape.last, let size = StoredDissimilarities.size(ofTriangle: length)
      else { break }
      return several(shape.count == 1 ? 1 : shape[0]) { number in
        Self.square(values[(number * length)..<(number + 1) * length], size: size)
      }
    default: break
    }
    return []
  }

  private static func square(_ list: ArraySlice<Double>, size: Int) -> Matrix<Double> {
    var matrix = Matrix(rowCount: size, columnCount: size, repeating: 0.0)
    var rest = list.makeIterator()
    for row in 0..<size {
      for column in row + 1..<max(size, row + 1) {
        guard let value = rest.next() else { return matrix }
        (matrix[row, column], matrix[column, row]) = (value, value)
      }
    }
    return matrix
  }
}
