import ChiasmFiles
import ChiasmWorkflows

/// A folder of results that is about to be made.
struct ResultFolder {
  let path: String
  /// Whether what is there may be replaced.
  let isForced: Bool

  /// Makes the folder under a temporary name, lets `body` fill it, and gives it its name. However the
  /// command ends otherwise, the folder goes away.
  ///
  /// - Parameters:
  ///   - replaceable: the kind of folder that `--force` may replace.
  ///   - journal: where parts of the work are kept as they are done; removed when the folder is there.
  func write(
    replacing replaceable: ReplaceableResult, journal: String? = nil,
    _ body: (OutputFolder) async throws(WorkflowError) -> Void
  ) async throws(WorkflowError) {
    if isForced { try replaceable.check(path) }
    let folder: OutputFolder
    do {
      folder = try OutputFolder(
        path: path, replacing: isForced, markers: [replaceable.marker])
    } catch {
      throw .file(error)
    }
    let interruption = Interruption(discarding: folder, journal: journal)
    defer { withExtendedLifetime(interruption) {} }
    do throws(WorkflowError) {
      try await body(folder)
      try commit(folder)
      if let journal { Journal.remove(path: journal) }
    } catch {
      interruption.yield()
      folder.discard()
      throw error.naming(folder.destination)
    }
  }

  private func commit(_ folder: OutputFolder) throws(WorkflowError) {
    do {
      try folder.commit()
    } catch {
      throw .file(error)
    }
  }
}
