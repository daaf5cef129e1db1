/** The front end: reads, expands, resolves and types OVSM source and lowers it to the IR. */
@NullMarked
package dev.ovsm.frontend;

import org.jspecify.annotations.NullMarked;
