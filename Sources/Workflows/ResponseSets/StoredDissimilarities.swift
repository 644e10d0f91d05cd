internal import ChiasmFiles
internal import ChiasmLinearAlgebra
internal import ChiasmResponses
internal import Foundation

/// The RDMs of a file, `.npy`, `.npz` or `.mat`, before their stimuli are known by name.
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

  /// Reads the stages named, all when nil, and the names of the rows: the array `stimulus_id` of the
  /// file; else those of `list`, a table with that column; else those of a table beside the file,
  /// `FILE.stimuli.tsv`.
  ///
  /// - Throws: for a file that cannot be read, or has no RDM by the shape of its arrays, and for a stage
  ///   that is not there.
  init(path: String, stages: [String]?, list: String?) throws(WorkflowError) {
    do {
      let (arrays, own) = try Self.arrays(path)
      var (found, misfits) = ([(name: String, matrix: Matrix<Double>)](), [String]())
      for array in arrays {
        let matrices = try array.matrices(path: path)
        found += matrices
        if matrices.isEmpty { misfits.append("\(array.name) \(array.array.shape)") }
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
      let beside = path + ".stimuli.tsv"
      let table = list ?? (FileManager.default.fileExists(atPath: beside) ? beside : nil)
      if let table, own == nil {
        stimulusIDs = try Table(path: table).identifiers("stimulus_id")
        files = [path, table]
      } else {
        (stimulusIDs, files) = (own, [path])
      }
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
    var isLastOfRDMs = false
  }

  private static func arrays(_ path: String) throws -> ([StoredArray], stimulusIDs: [String]?) {
    let content = try FileContent(path: path)
    switch content {
    case .numpyArray:
      let stem = URL(filePath: path).deletingPathExtension().lastPathComponent
      return ([StoredArray(name: stem, array: try NumpyArray(path: path))], nil)
    case .zip: return try arrays(NumpyArchive(path: path))
    case .matlab, .hdf5: return try arrays(MatFile(path: path), path: path)
    default:
      throw ArrayFileError.malformed(
        path: path,
        problem: "is \(content.noun), no file of RDMs; .npy, .npz and .mat (version 5) are read")
    }
  }

  private static func arrays(
    _ archive: NumpyArchive
  ) throws -> ([StoredArray], stimulusIDs: [String]?) {
    let arrays = try archive.names.filter { $0 != stimulusKey }.compactMap { name in
      let array = try archive.array(name)
      switch array.elements {
      case .strings, .bytes: return StoredArray?.none
      default: return StoredArray(name: name, array: array)
      }
    }
    let ids =
      try archive.contains(stimulusKey)
      ? archive.array(stimulusKey).identifiers(name: archive.location(of: stimulusKey)) : nil
    return (arrays, ids)
  }

  /// The arrays of numbers; scalars, text, structs and the like are left out.
  private static func arrays(
    _ file: MatFile, path: String
  ) throws -> ([StoredArray], stimulusIDs: [String]?) {
    var (arrays, stimulusIDs) = ([StoredArray](), [String]?.none)
    for (name, value) in file.variables {
      switch value {
      case .texts(let texts) where name == stimulusKey: stimulusIDs = texts
      case .numbers(let numbers) where name == stimulusKey:
        stimulusIDs = try numbers.doubles().map { number in
          guard let id = Int(exactly: number) else {
            throw ArrayFileError.malformed(
              path: path,
              problem: "\(number) in \(stimulusKey) is no name; give text or whole numbers")
          }
          return String(id)
        }
      case .numbers(let numbers) where numbers.elements.count > 1:
        arrays.append(StoredArray(name: name, array: numbers, isLastOfRDMs: true))
      default: continue
      }
    }
    return (arrays, stimulusIDs)
  }

  private static let stimulusKey = "stimulus_id"
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
