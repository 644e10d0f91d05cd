import ChiasmImaging

/// A NIfTI file made byte by byte from the table of the standard, without the code under test.
struct NIfTIBytes {
  var version = 1
  var order = NIfTIByteOrder.little
  var isPair = false
  var dim = [3, 2, 1, 1, 1, 1, 1, 1]
  var datatype = 2
  var bitpix = 8
  var pixdim: [Double] = [1, 2, 2, 2, 1, 1, 1, 1]
  /// nil: right behind the header and its extensions.
  var dataOffset: Double?
  var slope = 0.0
  var intercept = 0.0
  var units = 10
  var intent = (code: 0, name: "")
  var text = ""
  var qformCode = 0
  var sformCode = 1
  var quaternion: [Double] = [0, 0, 0, 0, 0, 0]
  var sform: [Double] = [2, 0, 0, -10, 0, 2, 0, -20, 0, 0, 2, -30]
  var magic: [UInt8]?
  var announcement: [UInt8]?
  /// Code, the size that is told (nil: the true one), content.
  var extensions: [(code: Int, size: Int?, bytes: [UInt8])] = []
  var data: [UInt8] = [1, 2]

  /// An image of one datatype, with these dimensions and stored values.
  init<Value: FixedWidthInteger>(
    _ stored: [Value], shape: [Int], datatype: Int, version: Int = 1,
    order: NIfTIByteOrder = .little
  ) {
    (self.version, self.order, self.datatype) = (version, order, datatype)
    dim = [shape.count] + shape + [Int](repeating: 1, count: 7 - shape.count)
    bitpix = Value.bitWidth
    data = stored.flatMap { Self.bytes($0, order) }
  }

  init() {}

  static func bytes<Value: FixedWidthInteger>(_ value: Value, _ order: NIfTIByteOrder) -> [UInt8] {
    withUnsafeBytes(of: order == .big ? value.bigEndian : value.littleEndian) { Array($0) }
  }

  /// The header with announcement and extensions.
  var header: [UInt8] {
    var bytes = version == 1 ? first : second
    bytes += announcement ?? [extensions.isEmpty ? 0 : 1, 0, 0, 0]
    for one in extensions {
      bytes += Self.bytes(Int32(one.size ?? one.bytes.count + 8), order)
      bytes += Self.bytes(Int32(one.code), order) + one.bytes
    }
    return bytes
  }

  /// A single file.
  var file: [UInt8] { header + data }

  private var offset: Double {
    let extensionSize = extensions.reduce(0) { $0 + $1.bytes.count + 8 }
    return dataOffset ?? (isPair ? 0 : Double((version == 1 ? 352 : 544) + extensionSize))
  }

  private func float(_ value: Double) -> [UInt8] {
    Self.bytes(Float(value).bitPattern, order)
  }
  private func double(_ value: Double) -> [UInt8] { Self.bytes(value.bitPattern, order) }
  private func short(_ value: Int) -> [UInt8] {
    Self.bytes(Int16(truncatingIfNeeded: value), order)
  }
  private func int(_ value: Int) -> [UInt8] { Self.bytes(Int32(truncatingIfNeeded: value), order) }
  private func long(_ value: Int) -> [UInt8] { Self.bytes(Int64(value), order) }
  private func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }
  private func text(_ text: String, _ room: Int) -> [UInt8] {
    Array((Array(text.utf8) + zeros(room)).prefix(room))
  }

  private var first: [UInt8] {
    var bytes = int(348) + zeros(36) + dim.flatMap(short) + zeros(12) + short(intent.code)
    bytes += short(datatype) + short(bitpix) + zeros(2) + pixdim.flatMap(float)
    bytes += float(offset) + float(slope) + float(intercept) + zeros(3) + [UInt8(units)]
    bytes += zeros(24) + text(text, 80) + zeros(24) + short(qformCode) + short(sformCode)
    bytes += quaternion.flatMap(float) + sform.flatMap(float) + text(intent.name, 16)
    return bytes + (magic ?? Array((isPair ? "ni1\0" : "n+1\0").utf8))
  }

  private var second: [UInt8] {
    var bytes = int(540) + (magic ?? Array((isPair ? "ni2\0" : "n+2\0").utf8) + [13, 10, 26, 10])
    bytes += short(datatype) + short(bitpix) + dim.flatMap(long) + zeros(24)
    let whole = offset.isFinite && abs(offset) < 9e18 ? Int(offset) : .min
    bytes += pixdim.flatMap(double) + long(whole) + double(slope) + double(intercept)
    bytes += zeros(48) + text(text, 80) + zeros(24) + int(qformCode) + int(sformCode)
    bytes += quaternion.flatMap(double) + sform.flatMap(double) + zeros(4) + int(units)
    return bytes + int(intent.code) + text(intent.name, 16) + zeros(16)
  }
}
