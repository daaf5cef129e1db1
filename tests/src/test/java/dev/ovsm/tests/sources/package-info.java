/** What the compiler makes of damaged and hostile sources. */
@NullMarked
package dev.ovsm.tests.sources;

import org.jspecify.annotations.NullMarked;
