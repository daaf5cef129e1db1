// Virtual machines: each request gets a new one, so that no result depends on an earlier request.
import litesvm from 'litesvm/dist/internal.js';
import { featureSet, invocationDepth } from './features.js';
import { base64Bytes, base64Text, keyBytes, keyText } from './keys.js';

const { Account, Clock, ComputeBudget, LiteSvm } = litesvm;

export const SYSTEM_PROGRAM = '11111111111111111111111111111111';
const LOADER_V3 = 'BPFLoaderUpgradeab1e11111111111111111111111';
const LOADERS = {
  v1: 'BPFLoader1111111111111111111111111111111111',
  v2: 'BPFLoader2111111111111111111111111111111111',
  v3: LOADER_V3,
};
const PROGRAM_OWNERS = new Set([...Object.values(LOADERS), 'NativeLoader1111111111111111111111111111111']);
const PROGRAM_DATA_HEADER = 45;
const STANDARD_PROGRAMS = {
  token: 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA',
  'token-2022': 'TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb',
  'associated-token': 'ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL',
  'memo-v1': 'Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo',
  'memo-v3': 'MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr',
  stake: 'Stake11111111111111111111111111111111111111',
  'address-lookup-table': 'AddressLookupTab1e1111111111111111111111111',
};
const U64_MAX = (1n << 64n) - 1n;

let libraryMachine;
/** The machine whose accounts hold the programs that the library ships; only read from. */
const library = () => (libraryMachine ??= new LiteSvm());

export const standardProgramNames = Object.keys(STANDARD_PROGRAMS);

export function standardProgramId(name) {
  if (!Object.hasOwn(STANDARD_PROGRAMS, name)) {
    throw new Error(`no standard program ${name}; there are ${standardProgramNames.join(', ')}`);
  }
  return STANDARD_PROGRAMS[name];
}

/** The ELF of a standard program and the loader that owns it. */
export function standardProgram(name) {
  const id = standardProgramId(name);
  const account = library().getAccount(keyBytes(id));
  const loader = Object.keys(LOADERS).find((key) => LOADERS[key] === keyText(account.owner()));
  if (loader !== 'v3') return { id, loader, elf: account.data() };
  const data = library().getAccount(account.data().subarray(4, 36)).data();
  return { id, loader, elf: data.subarray(PROGRAM_DATA_HEADER) };
}

/**
 * A machine with builtins, precompiles and sysvars of a feature set; no signature or blockhash
 * checks and no transaction history. Programs are those of the request and the standard ones it names.
 */
export function machine(request) {
  const { features = 'mainnet', programs = [], standard = [], accounts = [] } = request;
  const vm = LiteSvm.default();
  vm.setFeatureSet(featureSet(features));
  vm.setBuiltins();
  vm.setPrecompiles();
  vm.setSysvars();
  vm.setClock(clock(request.clock));
  vm.setTransactionHistory(0n);
  vm.setSigverify(request.verify_signatures === true);
  vm.setBlockhashCheck(request.verify_blockhash === true);
  if (request.log_bytes !== undefined) {
    vm.setLogBytesLimit(request.log_bytes === null ? null : BigInt(request.log_bytes));
  }
  for (const name of standard) addProgram(vm, standardProgram(name));
  for (const { id, elf, loader } of programs) addProgram(vm, { id, loader, elf: base64Bytes(elf, 'elf') });
  for (const account of accounts) putAccount(vm, account);
  return vm;
}

/** An explicit budget replaces the one that the transaction's own instructions would ask for. */
export function setBudget(vm, { features = 'mainnet', compute_units: units, heap }) {
  const budget = new ComputeBudget();
  budget.maxInstructionStackDepth = invocationDepth(features);
  if (units !== undefined) budget.computeUnitLimit = BigInt(units);
  if (heap !== undefined) budget.heapSize = heap;
  vm.setComputeBudget(budget);
}

/** Adds a program; throws why if it does not load. */
export function addProgram(vm, { id, elf, loader }) {
  vm.addProgramWithLoader(keyBytes(id), elf, keyBytes(loaderId(loader)));
}

/** The id of a loader by its short name. */
export function loaderId(loader = 'v3') {
  if (!Object.hasOwn(LOADERS, loader)) throw new Error(`no loader ${loader}`);
  return LOADERS[loader];
}

function clock({ slot = 1, epoch_start_timestamp = 0, epoch = 0, leader_schedule_epoch = 0, unix_timestamp = 0 } = {}) {
  return new Clock(
    BigInt(slot),
    BigInt(epoch_start_timestamp),
    BigInt(epoch),
    BigInt(leader_schedule_epoch),
    BigInt(unix_timestamp));
}

export function putAccount(vm, { key, lamports = 0, data = '', owner = SYSTEM_PROGRAM, executable = false }) {
  const bytes = base64Bytes(data, 'data');
  // The library aborts the process when the owner of an invoked program does not exist.
  if (executable && !PROGRAM_OWNERS.has(owner)) throw new Error(`${owner} cannot own an executable account`);
  vm.setAccount(keyBytes(key), new Account(BigInt(lamports), bytes, keyBytes(owner), executable, U64_MAX));
}

/** Undoes `putAccount`: `account` is what the machine had before, null when it had nothing. */
export function restoreAccount(vm, key, account) {
  if (account === null) putAccount(vm, { key });
  else vm.setAccount(keyBytes(key), account);
}

/** An account as JSON; one that does not exist reads as an empty account of the system program. */
export function readAccount(key, account) {
  if (account === null || account === undefined) {
    return { key, lamports: '0', owner: SYSTEM_PROGRAM, data: '', executable: false };
  }
  return {
    key,
    lamports: account.lamports().toString(),
    owner: keyText(account.owner()),
    data: base64Text(account.data()),
    executable: account.executable(),
  };
}
