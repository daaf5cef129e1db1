/** Building functions from variables that are assigned, which become SSA values. */
@NullMarked
package dev.ovsm.ir.build;

import org.jspecify.annotations.NullMarked;
