/// A number made of all of some bytes, the same everywhere and always: FNV-1a of 64 bits.
///
/// For telling names apart and for naming streams of a seed; not for security.
public func fingerprint(_ bytes: some Sequence<UInt8>) -> UInt64 {
  bytes.reduce(0xCBF2_9CE4_8422_2325) { hash, byte in
    (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
  }
}
