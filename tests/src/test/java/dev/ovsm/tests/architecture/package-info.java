/** The rules of the house that a machine can check, and code that breaks each, to see them work. */
@NullMarked
package dev.ovsm.tests.architecture;

import org.jspecify.annotations.NullMarked;
