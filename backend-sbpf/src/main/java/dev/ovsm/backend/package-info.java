/** The sBPF back end: selects instructions, allocates registers and assembles verified IR. */
@NullMarked
package dev.ovsm.backend;

import org.jspecify.annotations.NullMarked;
