/** The verifier against compiled programs, real programs and executions. */
@NullMarked
package dev.ovsm.tests.verifier;

import org.jspecify.annotations.NullMarked;
