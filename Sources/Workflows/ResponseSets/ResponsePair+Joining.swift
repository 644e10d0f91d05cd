internal import ChiasmResponses

extension ResponsePair {
  /// Joins two sets as they were read; a failure names both.
  init(
    joining source: StoredResponseSet, _ target: StoredResponseSet, minimumCommon: Int
  ) throws(WorkflowError) {
    do {
      try self.init(
        source: source.responses, target: target.responses, minimumCommon: minimumCommon)
    } catch {
      throw .responses(path: "\(source.path) and \(target.path)", error)
    }
  }
}

extension StimulusOverlap {
  /// What the user should know of stimuli that are left out.
  var notes: [String] {
    let isWhole = common.count == max(sourceCount, targetCount)
    return isWhole ? [] : ["Only common stimuli are used: \(self)."]
  }
}
