/** Machine learning in fixed-point arithmetic: the same bits on every machine. */
@NullMarked
package dev.ovsm.runtime.ml;

import org.jspecify.annotations.NullMarked;
