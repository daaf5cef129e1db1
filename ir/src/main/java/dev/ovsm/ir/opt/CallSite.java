package dev.ovsm.ir.opt;

/** The call that is instruction {@code index} of a block. */
record CallSite(int block, int index) {}
