/// Data and what they are called, which can be drawn. A chart is the data; a figure is the drawing.
///
/// Every chart draws whatever it is given: values that are missing or not finite are left out and said
/// to be `n/a`, names that are too long are shortened in the middle and stand whole in the title of
/// their group. The same chart in the same style gives the same figure.
public protocol Chart: Sendable {
  /// The drawing of the data in a style.
  func figure(_ style: ChartStyle) -> Figure
}
