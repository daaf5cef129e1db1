/** The ovsm command line: picocli commands, reports and the process exit code. */
@NullMarked
package dev.ovsm.cli;

import org.jspecify.annotations.NullMarked;
