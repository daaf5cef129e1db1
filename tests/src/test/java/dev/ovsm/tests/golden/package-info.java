/** Golden files: what a phase makes of an input, kept beside the input and compared as text. */
@NullMarked
package dev.ovsm.tests.golden;

import org.jspecify.annotations.NullMarked;
