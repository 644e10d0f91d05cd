extension NIfTIWriter {
  /// Writes an image of one volume (`volumes.count` 1 and `isSeries` false) or of several.
  ///
  /// - Throws: `exists`, `cannotWrite`, `unrepresentable`.
  public static func write(
    _ volumes: [[Double]], to path: String, like template: NIfTIHeader, isSeries: Bool? = nil,
    datatype: NIfTIDatatype = .float32, replacing: Bool = false
  ) throws(ImagingError) {
    let isSeries = isSeries ?? (volumes.count > 1)
    precondition(isSeries || volumes.count == 1, "Several volumes are a series.")
    var writer = try NIfTIWriter(
      path: path, like: template, volumeCount: isSeries ? volumes.count : nil, datatype: datatype,
      replacing: replacing)
    for volume in volumes { try writer.write(volume) }
    try writer.commit()
  }

  /// Writes labels as int32, with the intent that says so (1002).
  ///
  /// The labels' grid is that of the template.
  /// - Throws: `exists`, `cannotWrite`.
  public static func write(
    _ image: LabelImage, to path: String, like template: NIfTIHeader, replacing: Bool = false
  ) throws(ImagingError) {
    precondition(image.grid.matches(template.grid), "The template has another grid.")
    var template = template
    (template.intentCode, template.intentName) = (1002, "")
    try write(
      [image.labels.map(Double.init)], to: path, like: template, datatype: .int32,
      replacing: replacing)
  }
}
