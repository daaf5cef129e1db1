/** Calls of programs' entries as a user writes them: names, and arguments as text. */
@NullMarked
package dev.ovsm.cli.call;

import org.jspecify.annotations.NullMarked;
