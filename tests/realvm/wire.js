// Reads a transaction's bytes as strictly as the library does: what it cannot read, it aborts on.
import { keyText } from './keys.js';

const SIGNATURE_LENGTH = 64;
const KEY_LENGTH = 32;
const HEADER_LENGTH = 3;
const VERSIONED = 0x80;

/** The keys that stand in a transaction itself, in order; an error when its bytes are malformed. */
export function readKeys(bytes) {
  const reader = new Reader(bytes);
  reader.skip(SIGNATURE_LENGTH * reader.compact());
  const versioned = (reader.peek() & VERSIONED) !== 0;
  if (versioned && reader.byte() !== VERSIONED) throw new Error('malformed transaction: not version 0');
  reader.skip(HEADER_LENGTH);
  const keys = Array.from({ length: reader.compact() }, () => keyText(reader.take(KEY_LENGTH)));
  reader.skip(KEY_LENGTH);
  for (let left = reader.compact(); left > 0; left--) {
    reader.skip(1);
    reader.skip(reader.compact());
    reader.skip(reader.compact());
  }
  if (versioned) {
    for (let left = reader.compact(); left > 0; left--) {
      reader.skip(KEY_LENGTH);
      reader.skip(reader.compact());
      reader.skip(reader.compact());
    }
  }
  if (reader.at !== bytes.length) throw new Error('malformed transaction: bytes after its end');
  return keys;
}

class Reader {
  at = 0;

  constructor(bytes) {
    this.bytes = bytes;
  }

  take(length) {
    if (length > this.bytes.length - this.at) throw new Error('malformed transaction: it ends too early');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  skip(length) {
    this.take(length);
  }

  peek() {
    const byte = this.byte();
    this.at -= 1;
    return byte;
  }

  byte() {
    return this.take(1)[0];
  }

  /** One to three bytes of seven bits, low bits first, in the shortest form, at most 65,535. */
  compact() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if ((byte & 0x80) === 0) {
        if ((byte === 0 && shift > 0) || value > 0xffff) throw new Error('malformed transaction: a bad length');
        return value;
      }
      if (shift === 14) throw new Error('malformed transaction: a length of more than three bytes');
    }
  }
}
