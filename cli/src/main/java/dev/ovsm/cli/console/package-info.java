/** Where a conversation's lines come from: a pipe, or somebody who edits them on a terminal. */
@NullMarked
package dev.ovsm.cli.console;

import org.jspecify.annotations.NullMarked;
