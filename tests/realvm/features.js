// The feature sets that a request can name.
//
// litesvm activates mainnet-beta's features by default and writes a feature account for each of
// them; that list is the set `mainnet`. Version 1.5.0 took it from the cluster on 2026-08-30 (the
// newest feature is of slot 447,552,000): sBPF v1, v2 and v3, SIMD-0459 (syscall parameter
// addresses), SIMD-0339 (CPI account infos) and SIMD-0321 (r2) are active; SIMD-0460 (virtual
// address space), direct mapping and SIMD-0268 (CPI nesting) are not.
//
// `next` adds SIMD-0460, whose activation had been requested on mainnet-beta by 2026-10-08.
// `syscalls` adds to mainnet's features those that only register one more system call each.
// `all` activates every feature that litesvm knows, contradictory ones included.
import litesvm from 'litesvm/dist/internal.js';
import { keyBytes, keyText } from './keys.js';

const { FeatureSet, LiteSvm } = litesvm;

const FEATURE_PROGRAM = 'Feature111111111111111111111111111111111111';
const VIRTUAL_ADDRESS_SPACE_ADJUSTMENTS = '7VgiehxNxu53KdxgLspGQY8myE6f7UokaWa4jsGcaSz';
const SYSCALLS = [
  'HTW2pSyErTj4BV6KBM9NZ9VBUJVxt7sacNWcf76wtzb3', // sol_blake3
  's512oDwgx8hjMnaQjXfqqrZroVj4HvC6TkN3iSSWXCh', // sol_sha512
  'expH2ppKPW2ANEdEmAjfhSEcnBQJfmoX4FjuNpe9ttg', // sol_big_mod_exp
  '5TuppMutoyzhUSfuYdhgzD47F92GL1g89KpCZQKqedxP', // sol_remaining_compute_units
];
const RAISE_CPI_NESTING_LIMIT = '6TkHkRmP7JZy1fdM6fg5uXn76wChQBWGokHBJzrLB3mj';

function mainnet(also = []) {
  const set = new FeatureSet();
  for (const feature of new LiteSvm().getProgramAccounts(keyBytes(FEATURE_PROGRAM))) {
    set.activate(feature.address, 0n);
  }
  for (const id of also) set.activate(keyBytes(id), 0n);
  return set;
}

const MAKERS = {
  mainnet: () => mainnet(),
  next: () => mainnet([VIRTUAL_ADDRESS_SPACE_ADJUSTMENTS]),
  syscalls: () => mainnet(SYSCALLS),
  all: () => FeatureSet.allEnabled(),
};
const made = new Map();

export const FEATURE_SETS = Object.keys(MAKERS);

export function featureSet(name) {
  if (!Object.hasOwn(MAKERS, name)) {
    throw new Error(`no feature set ${name}; there are ${FEATURE_SETS.join(', ')}`);
  }
  if (!made.has(name)) made.set(name, MAKERS[name]());
  return made.get(name);
}

/** Invocations that may be nested, the transaction's own included: 5, or 9 with SIMD-0268. */
export const invocationDepth = (name) =>
  (featureSet(name).isActive(keyBytes(RAISE_CPI_NESTING_LIMIT)) ? 9n : 5n);

export const activeFeatures = (name) => featureSet(name).getActiveFeatures().map(keyText).sort();
