/** The programs that are part of the runtime: system, loaders, compute budget. */
@NullMarked
package dev.ovsm.runtime.program;

import org.jspecify.annotations.NullMarked;
