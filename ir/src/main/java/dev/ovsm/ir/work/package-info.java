/** Work on many things at once. */
@NullMarked
package dev.ovsm.ir.work;

import org.jspecify.annotations.NullMarked;
