/** How fast programs run on our engines and in the real VM; nothing here is a test. */
@NullMarked
package dev.ovsm.tests.benchmark;

import org.jspecify.annotations.NullMarked;
