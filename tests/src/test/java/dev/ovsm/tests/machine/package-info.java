/** The machine against conformance data, against itself, and against the real VM. */
@NullMarked
package dev.ovsm.tests.machine;

import org.jspecify.annotations.NullMarked;
