/** Register traces of executions, in files that the tools of the ecosystem read. */
@NullMarked
package dev.ovsm.runtime.trace;

import org.jspecify.annotations.NullMarked;
