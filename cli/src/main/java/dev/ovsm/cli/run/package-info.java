/** Running programs slot by slot: which, with which transactions, and how to tell what happens. */
@NullMarked
package dev.ovsm.cli.run;

import org.jspecify.annotations.NullMarked;
