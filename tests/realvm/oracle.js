// The real Solana VM as a service: one JSON object a line on stdin, one reply a line on stdout.
//
// {"id":1,"op":"hello"} → {"id":1,"ok":{…}}; whatever is wrong with a request comes back as
// {"id":1,"error":"…"}. Requests are answered in the order they came. README.md has the operations.
import { createInterface } from 'node:readline';
import { OPERATIONS } from './operations.js';

function answer(line) {
  let id = null;
  try {
    const request = JSON.parse(line);
    id = request.id ?? null;
    if (!Object.hasOwn(OPERATIONS, request.op)) {
      throw new Error(`no operation ${request.op}; there are ${Object.keys(OPERATIONS).join(', ')}`);
    }
    return { id, ok: OPERATIONS[request.op](request) };
  } catch (error) {
    return { id, error: String(error?.message ?? error) };
  }
}

createInterface({ input: process.stdin, crlfDelay: Infinity })
  .on('line', (line) => process.stdout.write(`${JSON.stringify(answer(line))}\n`));
