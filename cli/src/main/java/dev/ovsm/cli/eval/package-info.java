/** Expressions run by themselves, among definitions that are kept from one to the next. */
@NullMarked
package dev.ovsm.cli.eval;

import org.jspecify.annotations.NullMarked;
