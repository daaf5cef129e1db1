package dev.ovsm.ir.opt;

import dev.ovsm.ir.Function;

/**
 * A rewriting of one function that keeps its meaning: what it returns, how it fails, what it stores
 * and calls, and in which order.
 */
interface Pass {
  Function run(Function function);
}
