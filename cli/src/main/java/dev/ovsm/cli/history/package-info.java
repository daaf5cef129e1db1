/** Runs that are over: the folders that they left, and what those say of triggers. */
@NullMarked
package dev.ovsm.cli.history;

import org.jspecify.annotations.NullMarked;
