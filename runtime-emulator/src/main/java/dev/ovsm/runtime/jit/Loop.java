package dev.ovsm.runtime.jit;

import java.util.Set;

/**
 * A loop that has no loop inside and calls nothing, so that what an address means does not change
 * while it runs.
 *
 * @param header the only block that is entered from outside, by {@link Block#index}
 * @param blocks all blocks
 * @param loads the registers that loads are relative to and that have a value when it is entered
 * @param stores the same of stores
 */
record Loop(int header, Set<Integer> blocks, int loads, int stores) {}
