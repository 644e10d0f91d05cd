import Testing

@testable import ChiasmReporting

/// The chunks of a PNG file, their checksums verified by the definition.
struct ParsedPNG {
  let chunks: [(name: String, content: [UInt8])]

  init(_ bytes: [UInt8]) throws {
    try #require(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
    var chunks: [(String, [UInt8])] = []
    var rest = bytes.dropFirst(8)
    while !rest.isEmpty {
      let count = Self.number(rest.prefix(4))
      try #require(rest.count >= 12 + count)
      let checked = rest.dropFirst(4).prefix(4 + count)
      try #require(UInt32(Self.number(rest.dropFirst(8 + count).prefix(4))) == Self.crc(checked))
      chunks.append(
        (String(decoding: checked.prefix(4), as: UTF8.self), Array(checked.dropFirst(4))))
      rest = rest.dropFirst(12 + count)
    }
    self.chunks = chunks
  }

  var width: Int { Self.number(content("IHDR").prefix(4)) }
  var height: Int { Self.number(content("IHDR").dropFirst(4).prefix(4)) }
  /// Bits, kind of colour, compression, filter, interlace.
  var header: [UInt8] { Array(content("IHDR").dropFirst(8)) }
  var perMeter: Int? {
    let content = content("pHYs")
    return content.isEmpty ? nil : Self.number(content.prefix(4))
  }

  private func content(_ name: String) -> [UInt8] {
    chunks.first { $0.name == name }?.content ?? []
  }

  private static func number(_ bytes: some Sequence<UInt8>) -> Int {
    bytes.reduce(0) { $0 << 8 | Int($1) }
  }

  /// Bit by bit, by the polynomial of PNG.
  private static func crc(_ bytes: some Sequence<UInt8>) -> UInt32 {
    ~bytes.reduce(UInt32.max) { crc, byte in
      (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
  }
}
