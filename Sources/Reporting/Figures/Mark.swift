/// One thing that is drawn.
///
/// A mark with a place that is not finite is not drawn.
public indirect enum Mark: Equatable, Sendable {
  /// A line or an outline, filled, stroked or both.
  case path(Path, fill: Paint? = nil, stroke: Stroke? = nil)
  /// One line of text.
  case text(Label)
  /// Pixels, drawn sharp-edged into a frame.
  case image(Raster, Frame)
  /// Marks that belong together; the title is shown when a pointer rests on them and read aloud.
  case group([Mark], title: String? = nil)
}
