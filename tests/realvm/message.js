// Wire bytes of an unsigned transaction, legacy or version 0 without lookup tables.
//
// The keys stand in the order that the wire format wants: the payer, writable signers, read-only
// signers, writable others, read-only others. A key that is named twice gets the union of its rights.
import { keyBytes } from './keys.js';

const SIGNATURE_LENGTH = 64;

export function transactionBytes({ payer, instructions, version }, blockhash) {
  const rights = new Map([[payer, { signer: true, writable: true }]]);
  for (const { program, accounts = [] } of instructions) {
    for (const { key, signer = false, writable = false } of accounts) {
      const known = rights.get(key);
      if (known === undefined) {
        rights.set(key, { signer, writable });
      } else {
        known.signer ||= signer;
        known.writable ||= writable;
      }
    }
    if (!rights.has(program)) rights.set(program, { signer: false, writable: false });
  }
  const rank = ({ signer, writable }) => (signer ? 0 : 2) + (writable ? 0 : 1);
  const keys = [...rights.keys()].sort((a, b) =>
    a === payer ? -1 : b === payer ? 1 : rank(rights.get(a)) - rank(rights.get(b)));
  if (keys.length > 256) throw new Error(`a transaction holds at most 256 keys, not ${keys.length}`);
  const index = new Map(keys.map((key, position) => [key, position]));
  const count = (signer, writable) =>
    keys.filter((key) => rights.get(key).signer === signer && (writable || !rights.get(key).writable)).length;

  const signers = count(true, true);
  const parts = [compact(signers), Buffer.alloc(SIGNATURE_LENGTH * signers)];
  if (version === 0) parts.push(Buffer.of(0x80));
  parts.push(Buffer.of(signers, count(true, false), count(false, false)), compact(keys.length));
  for (const key of keys) parts.push(keyBytes(key));
  parts.push(keyBytes(blockhash), compact(instructions.length));
  for (const { program, accounts = [], data } of instructions) {
    parts.push(
      Buffer.of(index.get(program)),
      compact(accounts.length),
      Buffer.from(accounts.map(({ key }) => index.get(key))),
      compact(data.length),
      data);
  }
  if (version === 0) parts.push(compact(0));
  return Buffer.concat(parts);
}

function compact(value) {
  if (value > 0xffff) throw new Error(`a length in a transaction is at most 65535, not ${value}`);
  const bytes = [];
  for (; value > 0x7f; value >>= 7) bytes.push((value & 0x7f) | 0x80);
  bytes.push(value);
  return Buffer.from(bytes);
}
