/** What a run leaves behind for people and tools: its summary, a trace, and a page to look at. */
@NullMarked
package dev.ovsm.cli.chronicle;

import org.jspecify.annotations.NullMarked;
