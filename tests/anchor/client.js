// Anchor's client behind JSON lines, see README.md.
import { createInterface } from "node:readline";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync, cpSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { spawnSync } from "node:child_process";
import { isDeepStrictEqual } from "node:util";
import anchor from "@coral-xyz/anchor";
import ts from "typescript";

const { AnchorProvider, BN, EventParser, Program, translateError, web3 } = anchor;
const here = dirname(fileURLToPath(import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), "ovsm-anchor-"));
symlinkSync(join(here, "node_modules"), join(temporary, "node_modules"));
writeFileSync(join(temporary, "package.json"), '{"type":"module"}');
process.on("exit", () => rmSync(temporary, { recursive: true, force: true }));

/** A program of Anchor's client; nothing here ever talks to a cluster. */
function program(idl) {
  const connection = new web3.Connection("http://127.0.0.1:1");
  const wallet = { publicKey: web3.PublicKey.default };
  return new Program(idl, new AnchorProvider(connection, wallet, {}));
}

const SMALL = new Set(["u8", "u16", "u32", "i8", "i16", "i32", "f32", "f64", "bool", "string"]);

/** A value of the request as the client takes it: large numbers are text there, bytes base64. */
function value(json, type, idl) {
  if (typeof type === "string") {
    if (SMALL.has(type)) return json;
    if (type === "pubkey") return new web3.PublicKey(json);
    if (type === "bytes") return Buffer.from(json, "base64");
    return new BN(json);
  }
  if (type.option) return json === null ? null : value(json, type.option, idl);
  if (type.vec) return json.map((item) => value(item, type.vec, idl));
  if (type.array) return json.map((item) => value(item, type.array[0], idl));
  const { type: body } = idl.types.find(({ name }) => name === type.defined.name);
  return body.kind === "enum" ? json : fields(json, body.fields, idl);
}

function fields(json, list, idl) {
  return Object.fromEntries(
    list.map(({ name, type }) => {
      if (!(name in json)) throw new Error(`the request lacks ${name}`);
      return [name, value(json[name], type, idl)];
    }),
  );
}

/** A value of the client as the reply has it. */
function plain(decoded) {
  if (BN.isBN(decoded)) return decoded.toString();
  if (decoded instanceof web3.PublicKey) return decoded.toBase58();
  if (Buffer.isBuffer(decoded)) return decoded.toString("base64");
  if (Array.isArray(decoded)) return decoded.map(plain);
  if (decoded !== null && typeof decoded === "object") {
    return Object.fromEntries(Object.entries(decoded).map(([key, item]) => [key, plain(item)]));
  }
  return decoded;
}

/** The module that a text of TypeScript is, types dropped. */
let modules = 0;
async function load(text) {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { target: "ES2022", module: "ESNext", verbatimModuleSyntax: true },
  });
  const file = join(temporary, `module${++modules}.js`);
  writeFileSync(file, outputText);
  return import(pathToFileURL(file).href);
}

/** The IDL that is written as a type in a text of TypeScript. */
function typeOf(text) {
  const source = ts.createSourceFile("client.ts", text, ts.ScriptTarget.ES2022);
  const first = source.statements.find(ts.isTypeAliasDeclaration);
  return JSON.parse(text.slice(first.type.pos, first.type.end));
}

const operations = {
  hello: async () => ({ node: process.version, typescript: ts.version }),

  async call({ idl, client, instruction, args, accounts }) {
    const made = program(idl);
    const { args: list } = made.idl.instructions.find(({ name }) => name === instruction);
    const given = fields(args, list, made.idl);
    const keys = Object.fromEntries(
      Object.entries(accounts).map(([name, key]) => [name, new web3.PublicKey(key)]),
    );
    const parameters = [made];
    if (list.length > 0) parameters.push(given);
    parameters.push(keys);
    const { instructions } = await load(client);
    const built = await instructions[instruction](...parameters).instruction();
    const coded = made.coder.instruction.encode(instruction, given);
    if (!coded.equals(built.data)) throw new Error("the coder and the client disagree");
    return {
      program: built.programId.toBase58(),
      accounts: built.keys.map(({ pubkey, isSigner, isWritable }) => ({
        key: pubkey.toBase58(),
        signer: isSigner,
        writable: isWritable,
      })),
      data: built.data.toString("base64"),
    };
  },

  async instruction({ idl, data }) {
    const { name, data: args } = program(idl).coder.instruction.decode(Buffer.from(data, "base64"));
    return { name, args: plain(args) };
  },

  async account({ idl, name, data }) {
    return plain(program(idl).coder.accounts.decode(name, Buffer.from(data, "base64")));
  },

  async encode({ idl, name, fields: given }) {
    const made = program(idl);
    const { type } = made.idl.types.find((one) => one.name === name);
    const data = await made.coder.accounts.encode(name, fields(given, type.fields, made.idl));
    return data.toString("base64");
  },

  async camel({ idl }) {
    return JSON.parse(JSON.stringify(program(idl).idl));
  },

  async code({ idl, instructions, accounts, events }) {
    const { coder, idl: camel } = program(idl);
    const coded = { instructions: [], accounts: [], events: [] };
    for (const { name, args } of instructions) {
      const { args: list } = camel.instructions.find((one) => one.name === name);
      const data = coder.instruction.encode(name, fields(args, list, camel));
      const decoded = plain(coder.instruction.decode(data));
      coded.instructions.push({ bytes: data.toString("base64"), ...decoded });
    }
    for (const { name, fields: given } of accounts) {
      const { type } = camel.types.find((one) => one.name === name);
      const data = await coder.accounts.encode(name, fields(given, type.fields, camel));
      const decoded = plain(coder.accounts.decode(name, data));
      coded.accounts.push({ bytes: data.toString("base64"), name, data: decoded });
    }
    for (const data of events) coded.events.push(plain(coder.events.decode(data)));
    return coded;
  },

  async events({ idl, logs }) {
    const made = program(idl);
    const parser = new EventParser(made.programId, made.coder);
    return [...parser.parseLogs(logs)].map(({ name, data }) => ({ name, data: plain(data) }));
  },

  async error({ idl, code, logs }) {
    const errors = new Map((idl.errors ?? []).map((one) => [one.code, one.msg ?? one.name]));
    const cause = Object.assign(
      new Error(`custom program error: 0x${code.toString(16)}`),
      { logs },
    );
    const error = translateError(cause, errors);
    const named = (idl.errors ?? []).find((one) => one.code === error.code);
    return { code: error.code ?? -1, message: error.msg ?? error.message, name: named?.name ?? "" };
  },

  async types({ idl, client }) {
    const expected = JSON.parse(JSON.stringify(program(idl).idl));
    const actual = typeOf(client);
    const same = isDeepStrictEqual(actual, expected);
    return { same, difference: same ? "" : JSON.stringify({ actual, expected }) };
  },

  async check({ files }) {
    const folder = mkdtempSync(join(temporary, "check-"));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    cpSync(join(here, "tsconfig.json"), join(folder, "tsconfig.json"));
    const tsc = join(here, "node_modules", "typescript", "bin", "tsc");
    const { status, stdout } = spawnSync(process.execPath, [tsc, "--noEmit", "-p", folder], {
      encoding: "utf8",
      cwd: folder,
    });
    return { status, output: stdout };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  let reply;
  try {
    const request = JSON.parse(line);
    reply = { id: request.id };
    if (!Object.hasOwn(operations, request.op)) throw new Error(`no operation ${request.op}`);
    reply.ok = await operations[request.op](request);
  } catch (error) {
    reply = { id: reply?.id ?? null, error: String(error?.message ?? error) };
  }
  process.stdout.write(`${JSON.stringify(reply)}\n`);
}
