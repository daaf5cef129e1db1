// Base58 keys to bytes and back; keys repeat from run to run, so both directions are remembered.
import { PublicKey } from '@solana/web3.js';

const REMEMBERED = 4096;
const bytesOf = new Map();
const textOf = new Map();

export function keyBytes(text) {
  let bytes = bytesOf.get(text);
  if (bytes === undefined) {
    if (typeof text !== 'string') throw new Error(`a key must be base58 text, not ${typeof text}`);
    bytes = new PublicKey(text).toBytes();
    if (bytesOf.size >= REMEMBERED) bytesOf.clear();
    bytesOf.set(text, bytes);
  }
  return bytes;
}

export function keyText(bytes) {
  const hex = Buffer.from(bytes).toString('hex');
  let text = textOf.get(hex);
  if (text === undefined) {
    text = new PublicKey(bytes).toBase58();
    if (textOf.size >= REMEMBERED) textOf.clear();
    textOf.set(hex, text);
  }
  return text;
}

export function base64Bytes(text, what) {
  if (typeof text !== 'string') throw new Error(`${what} must be base64 text, not ${typeof text}`);
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== Math.floor((text.replace(/=+$/, '').length * 3) / 4)) {
    throw new Error(`${what} is not base64`);
  }
  return bytes;
}

export const base64Text = (bytes) => Buffer.from(bytes).toString('base64');
