/** Sources, spans, stable codes and diagnostics: the one model of everything told to a user. */
@NullMarked
package dev.ovsm.diag;

import org.jspecify.annotations.NullMarked;
