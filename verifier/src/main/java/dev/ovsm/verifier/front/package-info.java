/** What makes graphs: of IR, and of machine code. */
@NullMarked
package dev.ovsm.verifier.front;

import org.jspecify.annotations.NullMarked;
