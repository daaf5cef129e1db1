// Deployment of an ELF by the upgradeable loader itself, with all checks that it makes.
import litesvm from 'litesvm/dist/internal.js';
import { PublicKey } from '@solana/web3.js';
import { keyBytes } from './keys.js';
import { machine, SYSTEM_PROGRAM } from './machine.js';
import { transactionBytes } from './message.js';
import { outcome } from './outcome.js';

const { Account } = litesvm;

const LOADER = 'BPFLoaderUpgradeab1e11111111111111111111111';
const BUFFER_HEADER = 37;
const PROGRAM_SIZE = 36;
const DEPLOY_WITH_MAX_DATA_LEN = 2;
const U64_MAX = (1n << 64n) - 1n;
const LAMPORTS = 1_000_000_000_000n;

const key = (seed) => new PublicKey(Buffer.alloc(32, seed)).toBase58();
const PAYER = key(1);
const BUFFER = key(2);
const PROGRAM = key(3);

/** The outcome of `DeployWithMaxDataLen` for a buffer that holds the ELF; nothing is kept. */
export function deploy(request, elf) {
  return deployer(request)(elf);
}

/** The same for many ELFs, on one machine. */
export function deployer(request) {
  const vm = machine({ features: request.features, clock: request.clock ?? { slot: 1000 } });
  const put = (id, owner, data) =>
    vm.setAccount(keyBytes(id), new Account(LAMPORTS, data, keyBytes(owner), false, U64_MAX));
  put(PAYER, SYSTEM_PROGRAM, Buffer.alloc(0));
  put(PROGRAM, LOADER, Buffer.alloc(PROGRAM_SIZE));
  const [programData] = PublicKey.findProgramAddressSync([keyBytes(PROGRAM)], new PublicKey(LOADER));
  const accounts = [
    { key: PAYER, signer: true, writable: true },
    { key: programData.toBase58(), writable: true },
    { key: PROGRAM, writable: true },
    { key: BUFFER, writable: true },
    { key: 'SysvarRent111111111111111111111111111111111' },
    { key: 'SysvarC1ock11111111111111111111111111111111' },
    { key: SYSTEM_PROGRAM },
    { key: PAYER, signer: true },
  ];
  return (elf) => {
    put(BUFFER, LOADER, Buffer.concat([bufferHeader(PAYER), elf]));
    const data = Buffer.alloc(12);
    data.writeUInt32LE(DEPLOY_WITH_MAX_DATA_LEN, 0);
    data.writeBigUInt64LE(BigInt(elf.length), 4);
    const instructions = [{ program: LOADER, accounts, data }];
    return outcome(vm.simulateLegacyTransaction(
      transactionBytes({ payer: PAYER, instructions }, vm.latestBlockhash())));
  };
}

function bufferHeader(authority) {
  const header = Buffer.alloc(BUFFER_HEADER);
  header.writeUInt32LE(1, 0);
  header[4] = 1;
  header.set(keyBytes(authority), 5);
  return header;
}
