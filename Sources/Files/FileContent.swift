/// What a file holds by its first bytes, for messages about a file that is something else than expected.
package enum FileContent: Equatable, Sendable {
  case empty, numpyArray, zip, gzip, nifti, freeSurferVolume, dicom
  case matlab, hdf5, netCDF, pickle, safetensors
  case gifti, markup, json, picture, pdf, text, unknown

  /// How many bytes tell.
  static let beginningCount = 1024

  /// Looks into a file; the name counts where the content is compressed.
  ///
  /// - Throws: `missing`, `unreadable`.
  package init(path: String) throws(ArrayFileError) {
    self.init(try TextFile.beginning(of: path, count: Self.beginningCount), name: path)
  }

  /// Looks at the first bytes of a file.
  package init(_ bytes: some Collection<UInt8>, name: String = "") {
    let start = Array(bytes.prefix(Self.beginningCount))
    let name = name.lowercased()
    if start.isEmpty {
      self = .empty
    } else if let known = Self.signatures.first(where: { start.starts(with: $0.bytes) }) {
      let isVolume = known.content == .gzip && (name.hasSuffix(".nii.gz"))
      let isFreeSurfer = known.content == .gzip && name.hasSuffix(".mgz")
      self = isVolume ? .nifti : isFreeSurfer ? .freeSurferVolume : known.content
    } else if start.dropFirst(512).starts(with: Self.hdf5Signature) {
      self = .hdf5
    } else if start.dropFirst(128).starts(with: "DICM".utf8) {
      self = .dicom
    } else if start.count > 8, start[8] == UInt8(ascii: "{"), start[5..<8].allSatisfy({ $0 == 0 }) {
      self = .safetensors
    } else if start[0] == 0x80, start.count > 1, (2...5).contains(start[1]) {
      self = .pickle
    } else {
      self = Self.text(start)
    }
  }

  /// Whether a file is HDF5, also behind the text that MATLAB puts before it since version 7.3.
  package static func isHDF5(_ path: String) throws(ArrayFileError) -> Bool {
    let start = try TextFile.beginning(of: path, count: beginningCount)
    return start.starts(with: hdf5Signature) || start.dropFirst(512).starts(with: hdf5Signature)
  }

  private static let hdf5Signature: [UInt8] = [0x89] + Array("HDF\r\n\u{1A}\n".utf8)

  private static let signatures: [(bytes: [UInt8], content: FileContent)] = [
    ([0x93] + Array("NUMPY".utf8), .numpyArray), (Array("PK".utf8), .zip),
    ([0x1F, 0x8B], .gzip), (Array("MATLAB ".utf8), .matlab), (hdf5Signature, .hdf5),
    (Array("CDF\u{1}".utf8), .netCDF), (Array("CDF\u{2}".utf8), .netCDF),
    (Array("CDF\u{5}".utf8), .netCDF), ([0x89] + Array("PNG".utf8), .picture),
    ([0xFF, 0xD8, 0xFF], .picture), (Array("GIF8".utf8), .picture), (Array("%PDF".utf8), .pdf),
    ([0x5C, 1, 0, 0], .nifti), ([0, 0, 1, 0x5C], .nifti), ([0x1C, 2, 0, 0], .nifti),
    ([0, 0, 2, 0x1C], .nifti), ([0, 0, 0, 1, 0, 0], .freeSurferVolume),
  ]

  private static func text(_ bytes: [UInt8]) -> FileContent {
    // A control character other than tab and line ends stands in no text.
    guard bytes.allSatisfy({ $0 >= 0x20 || (9...13).contains($0) }) else { return .unknown }
    let first = bytes.first { $0 > 0x20 && $0 < 0x80 }
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") { return .json }
    guard first == UInt8(ascii: "<") else { return .text }
    return String(decoding: bytes, as: UTF8.self).contains("GIFTI") ? .gifti : .markup
  }

  /// What such a file is called, with its article.
  package var noun: String {
    switch self {
    case .empty: "an empty file"
    case .numpyArray: "a NumPy array (.npy)"
    case .zip: "a zip archive"
    case .gzip: "a file packed by gzip"
    case .nifti: "a NIfTI image"
    case .freeSurferVolume: "a FreeSurfer volume (.mgh, .mgz)"
    case .dicom: "a DICOM file"
    case .matlab: "a MATLAB file (.mat)"
    case .hdf5: "an HDF5 file"
    case .netCDF: "a netCDF file"
    case .pickle: "a Python pickle"
    case .safetensors: "a safetensors file"
    case .gifti: "a GIFTI surface file"
    case .markup: "an XML or HTML page"
    case .json: "a JSON file"
    case .picture: "a picture"
    case .pdf: "a PDF"
    case .text: "a text file"
    case .unknown: "a file of an unknown kind"
    }
  }
}

/// Files that stand for content which is elsewhere: what git-lfs and git-annex (DataLad) leave in place
/// of a file whose content was not fetched.
package enum PointerFile {
  /// A pointer is no longer; git-lfs says so of its own.
  package static let greatestByteCount = 1024

  /// Throws if the bytes of a small file are a pointer's.
  ///
  /// - Throws: `unreadable`, with the command that gets the content.
  package static func check(_ bytes: some Collection<UInt8>, path: String) throws(ArrayFileError) {
    if bytes.starts(with: "version https://git-lfs".utf8) {
      throw .unreadable(
        path: path, reason: "it is a git-lfs pointer, not the content; get that with 'git lfs pull'"
      )
    }
    if bytes.starts(with: "/annex/objects/".utf8) {
      throw .unreadable(path: path, reason: annexReason(path))
    }
  }

  /// Why a symbolic link that leads nowhere cannot be read.
  static func reason(ofLinkTo target: String, at path: String) -> String {
    target.contains("annex/objects/")
      ? annexReason(path) : "it is a symbolic link to \(target), which is not there"
  }

  private static func annexReason(_ path: String) -> String {
    let name = FilePlace(splitting: path).name
    return "it is a git-annex pointer, not the content; get that with 'datalad get \(name)' or "
      + "'git annex get \(name)' in its folder"
  }
}
