/// What can go wrong with a file. `description` is one sentence for the user: what, where, what to
/// do.
public enum ArrayFileError: Error, Equatable, Sendable {
  /// There is no such file or folder.
  case missing(path: String)
  /// The file is there but the system does not let us read it.
  case unreadable(path: String, reason: String)
  /// The content is not what the format asks for. `problem` is a clause with the numbers.
  case malformed(path: String, problem: String)
  /// Something stands where the output would go.
  case exists(path: String)
  /// The output cannot be written: no permission, no space, no folder.
  case cannotWrite(path: String, reason: String)
}

extension ArrayFileError: CustomStringConvertible {
  /// One sentence for the user.
  public var description: String {
    switch self {
    case .missing(let path): "\(path): no such file or folder; check the path."
    case .unreadable(let path, let reason): "\(path): cannot be read (\(reason))."
    case .malformed(let path, let problem): "\(path): \(problem)."
    case .exists(let path):
      "\(path): exists already; choose another place, or --force to replace it."
    case .cannotWrite(let path, let reason): "\(path): cannot be written (\(reason))."
    }
  }
}
