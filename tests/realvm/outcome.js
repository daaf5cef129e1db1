// A transaction's outcome in the JSON form that Solana's RPC uses.
import litesvm from 'litesvm/dist/internal.js';
import { INSTRUCTION_ERRORS, TRANSACTION_ERRORS } from './error-names.js';
import { base64Text, keyText } from './keys.js';

const {
  FailedTransactionMetadata,
  InstructionErrorCustom,
  TransactionErrorDuplicateInstruction,
  TransactionErrorInstructionError,
  TransactionErrorInsufficientFundsForRent,
  TransactionErrorProgramExecutionTemporarilyRestricted,
  TransactionMetadata,
} = litesvm;

export const failed = (result) => result instanceof FailedTransactionMetadata;

/** Of a sent or simulated transaction: error, compute units, logs, return data. */
export function outcome(result) {
  const meta = result instanceof TransactionMetadata ? result : result.meta();
  const returned = meta.returnData();
  const data = returned.data();
  return {
    err: failed(result) ? transactionError(result.err()) : null,
    compute_units: Number(meta.computeUnitsConsumed()),
    logs: meta.logs(),
    return_data: data.length === 0 ? null : { program: keyText(returned.programId()), data: base64Text(data) },
  };
}

function transactionError(err) {
  if (err instanceof TransactionErrorInstructionError) {
    return { InstructionError: [err.index, instructionError(err.err())] };
  }
  if (err instanceof TransactionErrorDuplicateInstruction) return { DuplicateInstruction: err.index };
  if (err instanceof TransactionErrorInsufficientFundsForRent) {
    return { InsufficientFundsForRent: { account_index: err.accountIndex } };
  }
  if (err instanceof TransactionErrorProgramExecutionTemporarilyRestricted) {
    return { ProgramExecutionTemporarilyRestricted: { account_index: err.accountIndex } };
  }
  return nameOf(TRANSACTION_ERRORS, err);
}

function instructionError(err) {
  if (err instanceof InstructionErrorCustom) return { Custom: err.code };
  if (typeof err === 'number') return nameOf(INSTRUCTION_ERRORS, err);
  return 'BorshIoError';
}

function nameOf(names, value) {
  const name = names[value];
  if (name === undefined) throw new Error(`an error without a name: ${value}`);
  return name;
}
