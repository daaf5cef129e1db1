/** The cluster's state that programs can read: clock, rent, epochs, recent slots. */
@NullMarked
package dev.ovsm.runtime.sysvar;

import org.jspecify.annotations.NullMarked;
