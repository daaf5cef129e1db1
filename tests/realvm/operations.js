// What a request can ask for.
import { readFileSync } from 'node:fs';
import { activeFeatures, FEATURE_SETS } from './features.js';
import { base64Bytes, base64Text, keyBytes, keyText } from './keys.js';
import { load, loadMany } from './loading.js';
import {
  addProgram, machine, putAccount, readAccount, restoreAccount, setBudget, standardProgram, standardProgramNames,
} from './machine.js';
import { transactionBytes } from './message.js';
import { failed, outcome } from './outcome.js';
import { readKeys } from './wire.js';

const PAYER = keyText(Buffer.alloc(32, 0xfe));
const PROGRAM = keyText(Buffer.alloc(32, 0xfd));
const PAYER_LAMPORTS = '1000000000000';

const versionOf = (name) =>
  JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url))).version;

function hello() {
  return {
    litesvm: versionOf('litesvm'),
    web3: versionOf('@solana/web3.js'),
    node: process.version,
    features: FEATURE_SETS,
    standard: standardProgramNames,
    blockhash: machine({}).latestBlockhash(),
  };
}

/** One program, many runs of it; no run sees what another one left. */
function run(request) {
  const { id = PROGRAM, elf, loader, standard } = request.program;
  const program = standard === undefined
    ? { id, elf, loader }
    : { id, elf: base64Text(standardProgram(standard).elf), loader };
  const vm = machine({ ...request, programs: [...(request.programs ?? []), program] });
  return { runs: request.runs.map((one) => runOnce(vm, id, { features: request.features, ...one })) };
}

function runOnce(vm, program, one) {
  const { accounts = [], payer = PAYER } = one;
  setBudget(vm, one);
  const given = new Map();
  if (!accounts.some(({ key }) => key === payer)) given.set(payer, { key: payer, lamports: PAYER_LAMPORTS });
  for (const account of accounts) {
    if (account.lamports !== undefined && !given.has(account.key)) given.set(account.key, account);
  }
  const replaced = [...given.keys()].map((key) => [key, vm.getAccount(keyBytes(key))]);
  for (const account of given.values()) putAccount(vm, account);
  try {
    const instruction = { program, accounts, data: base64Bytes(one.data ?? '', 'data') };
    const bytes = transactionBytes({ payer, instructions: [instruction] }, vm.latestBlockhash());
    const result = vm.simulateVersionedTransaction(bytes);
    const reply = outcome(result);
    if (one.accounts_after === true) reply.accounts = accountsAfter(vm, result, accounts);
    return reply;
  } finally {
    for (const [key, account] of replaced) restoreAccount(vm, key, account);
  }
}

/** The accounts of a simulated transaction; those of a failed one are as they were. */
function accountsAfter(vm, result, accounts) {
  const written = new Map(
    failed(result) ? [] : result.postAccounts().map((post) => [keyText(post.address), post.account()]));
  return accounts.map(({ key }) => readAccount(key, written.get(key) ?? vm.getAccount(keyBytes(key))));
}

/** Many programs on one machine, each under an address of its own and with one run. */
function runMany(request) {
  const vm = machine({ features: request.features, clock: request.clock });
  return {
    verdicts: request.cases.map(({ id, elf, data, compute_units }) => {
      try {
        addProgram(vm, { id, elf: base64Bytes(elf, 'elf') });
      } catch (error) {
        return { refused: error.message };
      }
      return { outcome: runOnce(vm, id, { features: request.features, data, compute_units }) };
    }),
  };
}

/** Transactions one after the other on one machine; each sees what the ones before it wrote. */
function transaction(request) {
  const vm = machine(request);
  if (request.compute_units !== undefined || request.heap !== undefined) setBudget(vm, request);
  return {
    transactions: request.transactions.map((one) => {
      const { bytes, keys } = encoded(one, vm.latestBlockhash());
      const reply = outcome(vm.sendVersionedTransaction(bytes));
      const watched = one.accounts_after === true ? keys : (one.accounts_after ?? []);
      reply.accounts = watched.map((key) => readAccount(key, vm.getAccount(keyBytes(key))));
      return reply;
    }),
  };
}

/** How long one transaction takes, again and again, without anything that is not the machine's. */
function time(request) {
  const { programs = [], standard = [], rounds = 1, repeat = 1 } = request;
  const vm = machine({ ...request, programs: [], standard: [] });
  setBudget(vm, request);
  const bytes = base64Bytes(request.transaction, 'transaction');
  readKeys(bytes);
  const files = [
    ...standard.map(standardProgram),
    ...programs.map(({ id, elf, loader }) => ({ id, loader, elf: base64Bytes(elf, 'elf') })),
  ];
  const load = nanoseconds(() => files.forEach((file) => addProgram(vm, file)));
  let result;
  const send = () => { result = vm.sendVersionedTransaction(bytes); };
  const first = nanoseconds(send);
  const nanos = Array.from({ length: rounds }, () =>
    nanoseconds(() => {
      for (let i = 0; i < repeat; i++) send();
    }));
  return { load, first, nanos, outcome: outcome(result) };
}

function nanoseconds(action) {
  const begin = process.hrtime.bigint();
  action();
  return Number(process.hrtime.bigint() - begin);
}

function encoded(one, blockhash) {
  if (one.bytes !== undefined) {
    const bytes = base64Bytes(one.bytes, 'bytes');
    return { bytes, keys: readKeys(bytes) };
  }
  const instructions = one.instructions.map(({ program, accounts, data = '' }) =>
    ({ program, accounts, data: base64Bytes(data, 'data') }));
  const bytes = transactionBytes({ payer: one.payer ?? PAYER, instructions, version: one.version }, blockhash);
  return { bytes, keys: readKeys(bytes) };
}

function readProgram(request) {
  const { id, loader, elf } = standardProgram(request.name);
  return { program: id, loader, elf: base64Text(elf) };
}

export const OPERATIONS = {
  hello,
  run,
  run_many: runMany,
  transaction,
  time,
  load,
  load_many: loadMany,
  read_program: readProgram,
  features: (request) => ({ active: activeFeatures(request.features ?? 'mainnet') }),
};
