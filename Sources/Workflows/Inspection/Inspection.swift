internal import ChiasmResults
internal import ChiasmFiles
internal import Foundation
internal import ChiasmImaging
public import ChiasmReporting

/// What a file or folder turned out to be.
public struct Inspection: Sendable {
  private let finding: any Finding

  /// Looks into a file or folder; its content decides what it is, except for images, whose voxels
  /// alone have no mark: there the name counts too.
  ///
  /// - Parameters:
  ///   - withValues: whether all values are read, for minimum, maximum, mean and the like.
  ///   - known: for an alignment, a table with the columns `source_stage` and `target_stage` that
  ///     says which target stage is the right one.
  /// - Throws: `file` or `image` for what cannot be read; `unrecognised` for anything that Chiasm
  ///   neither reads nor writes; `setting` for `known` with anything but an alignment.
  public init(
    path: String, withValues: Bool = false, known: String? = nil
  ) throws(WorkflowError) {
    do {
      finding = try Self.finding(path, withValues: withValues, known: known)
    } catch {
      throw WorkflowError(error)
    }
    if known != nil && !(finding is AlignmentFinding) {
      throw .setting(
        name: "--known", expected: "left out", actual: "given with \(path), no alignment")
    }
  }

  /// Lists the region schemes of a folder.
  ///
  /// - Throws: `image` for what is wrong with the folder.
  public init(schemesIn folder: String) throws(WorkflowError) {
    do {
      finding = try CatalogueFinding(folder: folder)
    } catch {
      throw WorkflowError(error)
    }
  }

  /// Looks into one region scheme of a folder.
  ///
  /// - Throws: `image` if there is no such scheme, or for what is wrong with its files.
  public init(scheme name: String, in folder: String) throws(WorkflowError) {
    do {
      finding = SchemeFinding(try AtlasCatalogue(folder: folder).scheme(named: name))
    } catch {
      throw WorkflowError(error)
    }
  }

  /// What was found, for people.
  public var report: Report { finding.report }

  /// What was found, for programs: JSON with sorted keys.
  public func json() throws(WorkflowError) -> String {
    do {
      return try finding.json()
    } catch {
      throw WorkflowError(error)
    }
  }

  private static func finding(
    _ path: String, withValues: Bool, known: String?
  ) throws -> any Finding {
    switch try PathKind(path: path) {
    case .image: try ImageFinding(path: path, withValues: withValues)
    case .arrays: try ArraysFinding.finding(path: path, withValues: withValues)
    case .json: try JSONFinding.finding(path: path, known: known)
    case .text:
      try JournalFinding(path: path) ?? ArraysFinding.matrix(path: path, withValues: withValues)
        ?? TableFinding(path: path)
    case .alignment:
      try AlignmentFinding(path: path + "/" + AlignmentResult.fileName, known: known)
    case .comparison: try ComparisonFinding(path: path + "/" + MeasuresResult.fileName)
    case .responses: try ResponseSetFinding(path: path, withValues: withValues)
    case .scheme: try SchemeFinding(path: path)
    case .catalogue: try CatalogueFinding(folder: path)
    case .page: try PageFinding(path: path)
    }
  }
}

/// Something that was found, for people and as JSON for programs.
protocol Finding: Encodable, Sendable {
  var report: Report { get }
}

extension Finding {
  func json() throws -> String { try JSONFile.text(self) }
}
