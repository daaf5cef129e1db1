/** What the optimiser and the backend make of IR, against what the IR means. */
@NullMarked
package dev.ovsm.tests.code;

import org.jspecify.annotations.NullMarked;
