/** Makes graphs of machine code, whoever made it: nothing but the code itself is trusted. */
@NullMarked
package dev.ovsm.verifier.lift;

import org.jspecify.annotations.NullMarked;
