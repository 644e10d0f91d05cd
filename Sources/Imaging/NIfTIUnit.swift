/// A unit of space or time in a header. The raw value is NIfTI's code.
public enum NIfTIUnit: Int, Sendable {
  case unknown = 0
  case metre = 1
  case millimetre = 2
  case micrometre = 3
  case second = 8
  case millisecond = 16
  case microsecond = 24
  case hertz = 32
  case partsPerMillion = 40
  case radiansPerSecond = 48
}
