/** Whether machine code knows which line of the source it stands for. */
@NullMarked
package dev.ovsm.tests.lines;

import org.jspecify.annotations.NullMarked;
