internal import ChiasmFiles
internal import ChiasmResponses

extension ColumnStore {
  /// A subject's folder of Algonauts 2023: NSD on the surface, both hemispheres joined, the left first.
  ///
  /// Stages are the regions of `roi_masks` that have vertices, in the order of the codes below; stimuli are
  /// called as their pictures, `train-0001_nsd-00013`. The names of the codes are built in, for the files
  /// that hold them are pickles.
  ///
  /// - Throws: for a hemisphere, masks or pictures that are missing or do not fit.
  init(algonauts path: String) throws {
    let folder = path + "/training_split"
    let pictures = try FolderTree.listing(of: folder + "/training_images")
      .filter { $0.hasPrefix("train-") }.sorted(by: naturalOrder)
    let hemispheres = try ["lh", "rh"].map { try Hemisphere($0, of: path) }
    for hemisphere in hemispheres where hemisphere.rowCount != pictures.count {
      throw ArrayFileError.malformed(
        path: hemisphere.matrix.path,
        problem: "has \(hemisphere.rowCount) rows, but there are \(pictures.count) pictures in "
          + "training_images, which name them")
    }
    let left = hemispheres[0].vertexCount
    var stages: [ColumnStage] = []
    for region in Self.regions {
      let columns = hemispheres.enumerated().flatMap { number, hemisphere in
        hemisphere.vertices(of: region).map { $0 + number * left }
      }
      if !columns.isEmpty { stages.append(ColumnStage(name: region.name, columns: columns)) }
    }
    guard !stages.isEmpty else {
      throw ArrayFileError.malformed(
        path: path + "/roi_masks",
        problem:
          "has no region of a class \(Set(Self.regions.map(\.group)).sorted().joined(separator: ", "))"
          + " in challenge space (lh.CLASS_challenge_space.npy)")
    }
    let matrices = hemispheres.map(\.matrix)
    self.init(
      path: path, format: "a subject of Algonauts 2023", role: .region,
      stimulusIDs: pictures.map { String($0.prefix { $0 != "." }) },
      stages: stages,
      source: Source(datatype: "float32", place: path) { columns in
        let halves = try [
          matrices[0].array(matrices[0].names[0], columns: columns.filter { $0 < left }),
          matrices[1].array(
            matrices[1].names[0], columns: columns.filter { $0 >= left }.map { $0 - left }),
        ]
        return try Self.sideBySide(halves)
      },
      files: hemispheres.flatMap { [$0.matrix.path] + $0.files },
      notes: [
        "\(path): vertices of the left hemisphere come before those of the right; names of regions are "
          + "those of the challenge."
      ])
  }

  private static func sideBySide(_ halves: [NumpyArray]) throws -> NumpyArray {
    let widths = halves.map { $0.shape[1] }
    let values = try halves.map { try $0.floats() }
    var elements: [Float] = []
    elements.reserveCapacity(values.reduce(0) { $0 + $1.count })
    for row in 0..<halves[0].shape[0] {
      for (width, values) in zip(widths, values) {
        elements += values[row * width..<(row + 1) * width]
      }
    }
    return NumpyArray(
      shape: [halves[0].shape[0], widths.reduce(0, +)], elements: .float32(elements))
  }

  /// A region of the challenge: the class whose file has it, and its codes there.
  private struct Region {
    let name: String
    let group: String
    let codes: Set<Int>

    init(_ name: String, _ group: String, _ codes: Set<Int>) {
      (self.name, self.group, self.codes) = (name, group, codes)
    }
  }

  private static let regions = [
    Region("V1", "prf-visualrois", [1, 2]), Region("V2", "prf-visualrois", [3, 4]),
    Region("V3", "prf-visualrois", [5, 6]), Region("hV4", "prf-visualrois", [7]),
    Region("early", "streams", [1]), Region("midventral", "streams", [2]),
    Region("midlateral", "streams", [3]), Region("midparietal", "streams", [4]),
    Region("ventral", "streams", [5]), Region("lateral", "streams", [6]),
    Region("parietal", "streams", [7]),
  ]

  /// The responses of one hemisphere and the codes of its vertices.
  private struct Hemisphere {
    let matrix: NumpyFile
    let rowCount: Int
    let vertexCount: Int
    private(set) var files: [String] = []
    private var codes: [String: [Int]] = [:]

    init(_ name: String, of path: String) throws {
      matrix = try NumpyFile(
        path: "\(path)/training_split/training_fmri/\(name)_training_fmri.npy")
      let shape = try matrix.description(of: matrix.names[0]).shape
      guard shape.count == 2 else {
        throw ArrayFileError.malformed(
          path: matrix.path, problem: "has shape \(shape), but images × vertices are expected")
      }
      (rowCount, vertexCount) = (shape[0], shape[1])
      let masks = try FolderTree.listing(of: path + "/roi_masks")
      for group in Set(regions.map(\.group)).sorted() {
        let file = "\(name).\(group)_challenge_space.npy"
        guard masks.contains(file) else { continue }
        let place = path + "/roi_masks/" + file
        let own = try NumpyArray(path: place).doubles(name: place).map { Int(exactly: $0) ?? 0 }
        guard own.count == vertexCount else {
          throw ArrayFileError.malformed(
            path: place,
            problem: "has \(own.count) vertices, but \(matrix.path) has \(vertexCount)")
        }
        codes[group] = own
        files.append(place)
      }
    }

    func vertices(of region: Region) -> [Int] {
      let own = codes[region.group] ?? []
      return own.indices.filter { region.codes.contains(own[$0]) }
    }
  }
}
