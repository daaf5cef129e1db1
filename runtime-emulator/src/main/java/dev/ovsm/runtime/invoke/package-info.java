/** A transaction while it runs: accounts under change, frames, the meter, the log. */
@NullMarked
package dev.ovsm.runtime.invoke;

import org.jspecify.annotations.NullMarked;
