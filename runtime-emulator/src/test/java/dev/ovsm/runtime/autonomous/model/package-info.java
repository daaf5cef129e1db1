/** The semantics of the autonomous runtime once more, written to be obvious and not to be fast. */
@NullMarked
package dev.ovsm.runtime.autonomous.model;

import org.jspecify.annotations.NullMarked;
