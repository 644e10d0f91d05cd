internal import ChiasmReporting

/// A paragraph on the methods that can be pasted into a paper.
struct MethodsSection: ReportSection {
  let reading: AlignmentReading
  let anchor = "methods"
  let heading = "Methods, ready to paste"

  init(_ reading: AlignmentReading) { self.reading = reading }

  var pieces: [ReportPiece] {
    let text = MethodsText(reading)
    let missing =
      reading.isBrain && reading.source.extraction == nil
      ? [
        ReportPiece.note(
          "How the recording was made into responses is not known here; add it, and the recording and "
            + "the atlas of the regions.")
      ]
      : [
        .note(
          "Add what Chiasm does not know: the recording, the atlas of the regions, and the model.")
      ]
    return missing + [
      .block(.quotation(text.paragraph)),
      .block(.quotation("References\n" + text.references.joined(separator: "\n"))),
    ]
  }
}
