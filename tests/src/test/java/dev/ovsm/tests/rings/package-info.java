/** Drawn programs with rings of records, which only the autonomous runtime has. */
@NullMarked
package dev.ovsm.tests.rings;

import org.jspecify.annotations.NullMarked;
