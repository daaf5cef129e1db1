// Whether ELFs load for execution (which tolerates unknown syscalls) and whether they deploy.
import { deploy, deployer } from './deployment.js';
import { base64Bytes, keyBytes, keyText } from './keys.js';
import { loaderId, machine } from './machine.js';

const PROGRAM = keyText(Buffer.alloc(32, 0xfd));

/** One ELF. */
export function load(request) {
  const elf = base64Bytes(request.elf, 'elf');
  if (request.deployment === true) return deploy(request, elf);
  return { err: executionLoader(request)(elf) };
}

/** Many ELFs: changes of a few, on one machine; the replies are texts of errors, null for none. */
export function loadMany(request) {
  const bases = request.bases.map((base) => base64Bytes(base, 'base'));
  const check = request.deployment === true ? deploymentLoader(request) : executionLoader(request);
  return { errs: request.cases.map((one) => check(changed(bases[one.base], one))) };
}

/** A base at another length, with other bytes at some offsets. */
function changed(base, { length, changes }) {
  const elf = Buffer.alloc(length);
  base.copy(elf, 0, 0, Math.min(length, base.length));
  for (const { at, bytes } of changes) base64Bytes(bytes, 'bytes').copy(elf, at);
  return elf;
}

function executionLoader({ features, loader }) {
  const vm = machine({ features });
  return (elf) => {
    try {
      vm.addProgramWithLoader(keyBytes(PROGRAM), elf, keyBytes(loaderId(loader)));
      return null;
    } catch (error) {
      return error.message;
    }
  };
}

/** The loader logs its reason last but for the line that it failed. */
function deploymentLoader(request) {
  const deployOne = deployer(request);
  return (elf) => {
    const { err, logs } = deployOne(elf);
    return err === null ? null : logs[logs.length - 2];
  };
}
