/** Rewrites operations that the machine lacks into IR that it has. */
@NullMarked
package dev.ovsm.backend.expand;

import org.jspecify.annotations.NullMarked;
