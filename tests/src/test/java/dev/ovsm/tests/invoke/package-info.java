/** The command that runs one transaction on account files, against the real VM and bad input. */
@NullMarked
package dev.ovsm.tests.invoke;

import org.jspecify.annotations.NullMarked;
