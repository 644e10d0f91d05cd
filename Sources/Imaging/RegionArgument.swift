/// An image with regions, as a user writes it.
public struct RegionArgument: Equatable, Sendable {
  /// The image, and the part of it that is meant.
  public let image: ImageArgument
  /// The name: what the user wrote before `=`, else that of the image.
  public let name: String

  /// Reads an atlas, `LABELS.nii.gz[#VOLUME][:TABLE]`.
  ///
  /// - Throws: `malformedImage`, also for a threshold.
  public init(atlas text: String) throws(ImagingError) {
    image = try ImageArgument(text)
    name = image.name
    if image.threshold != nil {
      throw .malformedImage(
        text: text, problem: "labels have no threshold; write --roi NAME=FILE@THRESHOLD")
    }
  }

  /// Reads a mask with a name, `NAME=MASK.nii.gz[#VOLUME][@THRESHOLD]`.
  ///
  /// - Throws: `malformedMask` if the name or the path is missing; `malformedImage`, also for a table.
  public init(mask text: String) throws(ImagingError) {
    guard let equals = text.firstIndex(of: "="), text.index(after: equals) < text.endIndex,
      !text[..<equals].trimmed.isEmpty
    else { throw .malformedMask(text: text) }
    name = String(text[..<equals].trimmed)
    image = try ImageArgument(mask: String(text[text.index(after: equals)...]))
  }
}

extension ImageArgument {
  /// Reads a mask, `MASK.nii.gz[#VOLUME][@THRESHOLD]`.
  ///
  /// - Throws: `malformedImage`, also for a table.
  public init(mask text: String) throws(ImagingError) {
    try self.init(text)
    if table != nil {
      throw .malformedImage(text: text, problem: "a mask has no table of labels")
    }
  }

  /// Reads an image of numbers, `FILE[#VOLUME]`.
  ///
  /// - Throws: `malformedImage`, also for a threshold or a table.
  public init(values text: String) throws(ImagingError) {
    try self.init(mask: text)
    if threshold != nil {
      throw .malformedImage(text: text, problem: "an image of numbers is read without a threshold")
    }
  }
}
