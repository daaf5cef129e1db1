/** Scenarios: what surrounds the programs of a run, slot by slot, and what is expected of them. */
@NullMarked
package dev.ovsm.cli.scenario;

import org.jspecify.annotations.NullMarked;
