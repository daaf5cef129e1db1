/** Facts about the shape of a function: order, dominance, loops, calls. */
@NullMarked
package dev.ovsm.ir.flow;

import org.jspecify.annotations.NullMarked;
