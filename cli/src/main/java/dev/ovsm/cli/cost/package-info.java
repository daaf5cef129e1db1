/** What entries take in the worst case, told by functions and lines. */
@NullMarked
package dev.ovsm.cli.cost;

import org.jspecify.annotations.NullMarked;
