/** Lets a source say, with a reason, which warnings it does not want to hear. */
@NullMarked
package dev.ovsm.frontend.silence;

import org.jspecify.annotations.NullMarked;
