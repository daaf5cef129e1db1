/** Runs that stopped somewhere and can go on: snapshots of all that they need, and recordings. */
@NullMarked
package dev.ovsm.cli.saved;

import org.jspecify.annotations.NullMarked;
