/// An HDF5 file, or a group or a dataset of one: also MATLAB's version 7.3 and netCDF-4, which are HDF5.
///
/// Datasets are named by their paths, `layer1/conv`. They are in the order in which they were made where
/// the file has kept it, else as people count. Of MATLAB's files, which keep the first axis fastest, shapes
/// are as MATLAB shows them. Links into other files are not followed.
public struct HDF5File: ArrayFile {
  /// Where the file is.
  public let path: String
  /// The paths of the datasets from the group on.
  public let names: [String]
  /// Whether every group has kept the order in which its members were made.
  public let isInOwnOrder: Bool
  /// Links that lead nowhere or into other files, which are left out.
  public let brokenLinks: [String]
  private let library: HDF5Library
  /// The places of the datasets by name.
  private let places: [String: String]

  /// Lists the datasets of a file.
  ///
  /// - Parameter place: a group of which only what stands in it counts, or a dataset, which counts alone.
  /// - Throws: `missing`, `unreadable`, `malformed`; also where there is nothing at `place`.
  public init(path: String, place: String = "/") throws(ArrayFileError) {
    let library = try HDF5Library(path: path)
    let root = "/" + place.split(separator: "/").joined(separator: "/")
    var walk = Walk(library: library)
    switch library.kind(of: root) {
    case .group:
      try walk.visit(root, name: "", depth: 0)
    case .dataset:
      let parent = root.split(separator: "/").dropLast().map { "/" + $0 }.joined()
      walk.found(root, name: String(root.dropFirst(parent.count + 1)))
      let names = parent + "/" + ArrayFiles.stimulusKey
      if library.kind(of: names) == .dataset, names != root {
        walk.found(names, name: ArrayFiles.stimulusKey)
      }
    case .externalLink:
      throw .malformed(
        path: "\(path):\(root)", problem: "is a link into another file, which is not followed")
    default:
      throw .malformed(
        path: path,
        problem: "has nothing at \(root); it holds "
          + (try library.members(of: "/").members.prefix(8).map(\.name)
            .joined(separator: ", ")))
    }
    self.path = path
    self.library = library
    places = Dictionary(walk.datasets.map { ($0.name, $0.place) }) { first, _ in first }
    isInOwnOrder = walk.isInOwnOrder
    brokenLinks = walk.brokenLinks
    let found = walk.datasets.map(\.name)
    names = isInOwnOrder ? found : found.sorted(by: naturalOrder)
  }

  /// The names of the dimensions of a netCDF variable, one an axis; nil for a dataset without them.
  public func dimensions(of name: String) -> [String]? {
    guard let place = places[name], let scales = try? library.dataset(place).dimensionScales()
    else { return nil }
    let names = scales.compactMap { scale in
      scale.flatMap { $0.split(separator: "/").last.map(String.init) }
    }
    return names.count == scales.count ? names : nil
  }
}

extension HDF5File {
  /// The file and the path in it: `file.h5:/layer1`.
  public func location(of name: String) -> String {
    "\(path):\(places[name] ?? "/" + name)"
  }

  /// Whether the first dataset is a variable of MATLAB.
  public var isOfMATLAB: Bool { names.first.map(isMatlab) ?? false }

  /// The file with a group or a dataset of it alone.
  public func selecting(_ name: String) throws(ArrayFileError) -> any ArrayFile {
    try HDF5File(path: path, place: name)
  }

  /// What a dataset says of itself, with the axes that MATLAB shows.
  public func description(of name: String) throws(ArrayFileError) -> ArrayDescription {
    try description(dataset(name), of: name)
  }

  private func description(
    _ dataset: HDF5Dataset, of name: String
  ) throws(ArrayFileError) -> ArrayDescription {
    guard let shape = dataset.shape else {
      return ArrayDescription(shape: [0], content: .other("no values"))
    }
    guard let matlab = matlabClass(of: name) else {
      return ArrayDescription(shape: shape, content: Self.content(dataset.content))
    }
    if let empty = try emptyShape(dataset, of: name) {
      return ArrayDescription(shape: empty, content: Self.content(dataset.content))
    }
    let shown = Array(shape.reversed())
    switch (matlab, dataset.content) {
    case ("char", _): return ArrayDescription(shape: [shown.first ?? 1], content: .text)
    case ("cell", .references): return ArrayDescription(shape: shown, content: .text)
    case ("logical", .numbers): return ArrayDescription(shape: shown, content: .numbers("bool"))
    default: return ArrayDescription(shape: shown, content: Self.content(dataset.content))
    }
  }

  private static func content(_ content: HDF5Dataset.Content) -> ArrayDescription.Content {
    switch content {
    case .numbers(let type): .numbers("\(type)")
    case .text: .text
    case .references: .other("references")
    case .other: .other("records, complex numbers or other values")
    }
  }

  /// Reads a dataset of numbers or text, a cell of texts, or rows of char.
  public func array(_ name: String) throws(ArrayFileError) -> NumpyArray {
    let dataset = try dataset(name)
    if let texts = try texts(dataset, of: name) { return texts }
    let matrix = try matrix(dataset, of: name)
    let shape = try description(dataset, of: name).shape
    guard !shape.contains(0) else { return try decode([], of: matrix, shape: shape) }
    return try decode(try matrix.bytes(rows: 0..<matrix.rowCount), of: matrix, shape: shape)
  }

  /// Reads some columns of a dataset of numbers; of chunks only those that hold some of them.
  public func array(_ name: String, columns: [Int]) throws(ArrayFileError) -> NumpyArray {
    let matrix = try matrix(dataset(name), of: name)
    guard columns.allSatisfy({ (0..<matrix.columnCount).contains($0) }) else {
      throw .malformed(
        path: location(of: name),
        problem: "has \(matrix.columnCount) columns, but column \(columns.last ?? 0) is asked for")
    }
    let bytes = try matrix.bytes(rows: 0..<matrix.rowCount, columns: columns)
    return try decode(bytes, of: matrix, shape: [matrix.rowCount, columns.count])
  }

  /// Reads blocks of rows, each chunk once where a stripe of them is no larger than 256 MiB.
  public func forEachBlock(
    of name: String, rowCount: Int, _ body: (NumpyArray) throws(ArrayFileError) -> Void
  ) throws(ArrayFileError) {
    let dataset = try dataset(name)
    let matrix = try matrix(dataset, of: name)
    let axes = try description(dataset, of: name).shape.dropFirst()
    let atOnce = matrix.rowsAtOnce(atMost: rowCount)
    let rowByteCount = matrix.columnCount * matrix.type.byteCount
    for first in stride(from: 0, to: matrix.rowCount, by: atOnce) {
      let rows = first..<min(first + atOnce, matrix.rowCount)
      let bytes = try matrix.bytes(rows: rows)
      for start in stride(from: 0, to: rows.count, by: max(1, rowCount)) {
        let count = min(max(1, rowCount), rows.count - start)
        let part = bytes[start * rowByteCount..<(start + count) * rowByteCount]
        try body(try decode(part, of: matrix, shape: [count] + axes))
      }
    }
  }

  /// Reads columns of a dataset whose rows may run along its last axis, as GLMsingle's trials do.
  ///
  /// Memory holds what is read in the type of the file, and one row in double.
  ///
  /// - Parameters:
  ///   - rows: which of them, counted from 0.
  ///   - columns: each once; columns are counted with the first of the other axes fastest where rows run
  ///     along the last axis, and with the last fastest where they run along the first: voxels of
  ///     X × Y × Z × trials and of trials × Z × Y × X alike are numbered as NIfTI has them.
  ///   - rowsLast: whether rows run along the last axis of the file.
  ///   - threads: so many may unpack chunks; changes no number.
  ///   - body: gets the columns of a row, in their order, from the first row to the last.
  /// - Throws: as for the whole array.
  public func forEachRow(
    _ rows: Range<Int>, of name: String, columns: [Int], rowsLast: Bool, threads: Int = 1,
    _ body: ([Double]) -> Void
  ) throws(ArrayFileError) {
    let dataset = try dataset(name)
    let shape = dataset.shape ?? []
    let axes = rowsLast ? MatrixAxes(rowsLast: shape) : MatrixAxes(rowsFirst: shape)
    let matrix = try matrix(dataset, of: name, axes: axes)
    let bytes = try matrix.bytes(rows: rows, columns: columns, threads: threads)
    let rowByteCount = columns.count * matrix.type.byteCount
    for row in rows {
      let start = (row - rows.lowerBound) * rowByteCount
      let own = bytes[start..<start + rowByteCount]
      body(try decode(own, of: matrix, shape: [columns.count]).doubles(name: location(of: name)))
    }
  }

  /// The extents of a dataset of numbers as they stand in the file, also in MATLAB's.
  ///
  /// - Throws: as for the whole array, but for damage of the data themselves.
  public func storedShape(of name: String) throws(ArrayFileError) -> [Int] {
    try matrix(dataset(name), of: name).shape
  }

  /// Whether a dataset is a variable of MATLAB.
  public func isMatlab(_ name: String) -> Bool { matlabClass(of: name) != nil }
}

extension HDF5File {
  private func dataset(_ name: String) throws(ArrayFileError) -> HDF5Dataset {
    guard let place = places[name] else { throw missing(name) }
    return try library.dataset(place)
  }

  private func matlabClass(of name: String) -> String? {
    places[name].flatMap { library.text("MATLAB_class", of: $0) }
  }

  /// The extents of an empty array of MATLAB, which stands as a list of them; nil for another.
  private func emptyShape(
    _ dataset: HDF5Dataset, of name: String
  ) throws(ArrayFileError) -> [Int]? {
    guard let place = places[name], library.number("MATLAB_empty", of: place) == 1 else {
      return nil
    }
    guard case .numbers(let type) = dataset.content, let shape = dataset.shape,
      shape.count == 1, shape[0] <= 32
    else { return [0, 0] }
    let matrix = HDF5Matrix(
      dataset, shape: shape, type: type, axes: MatrixAxes(rowsFirst: shape))
    let extents = try decode(matrix.bytes(rows: 0..<shape[0]), of: matrix, shape: shape)
      .integers(name: location(of: name))
    return extents.contains(0) ? extents.map { max(0, $0) } : [0, 0]
  }

  private func matrix(
    _ dataset: HDF5Dataset, of name: String, axes: MatrixAxes? = nil
  ) throws(ArrayFileError) -> HDF5Matrix {
    guard case .numbers(let type) = dataset.content, let shape = dataset.shape else {
      throw .malformed(
        path: location(of: name),
        problem:
          "holds \(dataset.content == .text ? "text" : "no plain numbers") where numbers are "
          + "expected")
    }
    try dataset.checkStorage()
    let matlab = matlabClass(of: name)
    let own = matlab == nil ? MatrixAxes(rowsFirst: shape) : MatrixAxes(rowsLast: shape)
    let kind =
      matlab == "logical" && type.byteCount == 1
      ? NumpyType(kind: .bool, byteCount: 1, isBigEndian: false) : type
    return HDF5Matrix(dataset, shape: shape, type: kind, axes: axes ?? own)
  }

  private func decode(
    _ bytes: some Collection<UInt8>, of matrix: HDF5Matrix, shape: [Int]
  ) throws(ArrayFileError) -> NumpyArray {
    let header = NumpyHeader(
      type: matrix.type, isFortranOrder: false, shape: shape, dataOffset: 0)
    let data = NumpyData(header: header, name: matrix.dataset.location)
    let elements = try Array(bytes).withUnsafeBufferPointer { (bytes) throws(ArrayFileError) in
      try data.elements(0..<header.count, bytes.reader)
    }
    return NumpyArray(shape: shape, elements: elements)
  }

  // MARK: Text

  /// The texts of a dataset: of HDF5's own kind, the rows of MATLAB's char, or its cells; nil for numbers.
  private func texts(
    _ dataset: HDF5Dataset, of name: String
  ) throws(ArrayFileError) -> NumpyArray? {
    let matlab = matlabClass(of: name)
    if dataset.content == .text {
      try dataset.checkStorage()
      return NumpyArray(shape: dataset.shape ?? [], elements: .strings(try dataset.texts()))
    }
    if matlab == "char" {
      let rows = try characters(dataset, of: name)
      return NumpyArray(shape: [rows.count], elements: .strings(rows))
    }
    guard matlab == "cell", dataset.content == .references else { return nil }
    try dataset.checkStorage()
    var texts: [String] = []
    for (number, place) in try dataset.references().enumerated() {
      let isText = place.map { library.text("MATLAB_class", of: $0) == "char" } ?? false
      guard let place, isText else {
        throw .malformed(
          path: location(of: name), problem: "cell \(number + 1) is no text; give a cell of texts")
      }
      let cell = try library.dataset(place)
      texts.append(try characters(cell, of: name).first ?? "")
    }
    return NumpyArray(shape: (dataset.shape ?? []).reversed(), elements: .strings(texts))
  }

  /// The rows of a MATLAB char array, without the blanks that fill them.
  private func characters(
    _ dataset: HDF5Dataset, of name: String
  ) throws(ArrayFileError) -> [String] {
    guard case .numbers(let type) = dataset.content, let shape = dataset.shape, shape.count == 2
    else { return [] }
    try dataset.checkStorage()
    let matrix = HDF5Matrix(dataset, shape: shape, type: type, axes: MatrixAxes(rowsLast: shape))
    let codes = try decode(
      matrix.bytes(rows: 0..<matrix.rowCount), of: matrix, shape: [matrix.rowCount, shape[0]]
    ).integers(name: location(of: name))
    return (0..<matrix.rowCount).map { row in
      let units = codes[row * shape[0]..<(row + 1) * shape[0]].map {
        UInt16(truncatingIfNeeded: $0)
      }
      return String(decoding: units, as: UTF16.self).trimmingBlanks
    }
  }
}

/// Finds the datasets below a group.
private struct Walk {
  let library: HDF5Library
  var datasets: [(name: String, place: String)] = []
  var brokenLinks: [String] = []
  var isInOwnOrder = true
  private var visited: Set<UInt64> = []

  /// Far more than a file of activations or a recording has.
  private static let (mostDatasets, mostGroups) = (200_000, 64)

  init(library: HDF5Library) { self.library = library }

  mutating func found(_ place: String, name: String) { datasets.append((name, place)) }

  /// Goes through a group, and each group below it once, so that circles of links end.
  mutating func visit(_ group: String, name: String, depth: Int) throws(ArrayFileError) {
    let (members, isInOwnOrder) = try library.members(of: group)
    if !isInOwnOrder && members.count > 1 { self.isInOwnOrder = false }
    for member in members {
      let place = (group == "/" ? "" : group) + "/" + member.name
      let name = (name.isEmpty ? "" : name + "/") + member.name
      switch member.kind {
      case .dataset where isDimension(place): continue
      case .dataset: found(place, name: name)
      // MATLAB keeps the contents of cells there.
      case .group where member.name.hasPrefix("#"): continue
      case .group:
        guard visited.insert(member.address).inserted else { continue }
        guard depth < Self.mostGroups else {
          throw .malformed(
            path: library.path, problem: "has groups nested \(depth) deep at \(place)")
        }
        try visit(place, name: name, depth: depth + 1)
      case .externalLink, .danglingLink: brokenLinks.append(place)
      case .other: continue
      }
      guard datasets.count <= Self.mostDatasets else {
        throw .malformed(
          path: library.path,
          problem:
            "has more than \(Self.mostDatasets) datasets; name the group that is meant, as in "
            + "FILE:/group")
      }
    }
  }

  /// Whether a dataset of netCDF only says that a dimension exists.
  private func isDimension(_ place: String) -> Bool {
    library.text("NAME", of: place)?.hasPrefix("This is a netCDF dimension but not") ?? false
  }
}
