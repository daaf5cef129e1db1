/** The invariants of the IR, checked after every transformation in tests. */
@NullMarked
package dev.ovsm.ir.check;

import org.jspecify.annotations.NullMarked;
