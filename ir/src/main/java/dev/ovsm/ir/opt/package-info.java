/** Optimisations: rewritings of IR that keep its meaning; each pass is one class. */
@NullMarked
package dev.ovsm.ir.opt;

import org.jspecify.annotations.NullMarked;
