/** Machine code before it has its final registers, frame and order. */
@NullMarked
package dev.ovsm.backend.machine;

import org.jspecify.annotations.NullMarked;
