/** The last steps to assembly: the frame, the order of blocks, jumps and ways out. */
@NullMarked
package dev.ovsm.backend.layout;

import org.jspecify.annotations.NullMarked;
