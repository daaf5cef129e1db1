/** What of a running run is answered, and how. */
@NullMarked
package dev.ovsm.cli.metrics;

import org.jspecify.annotations.NullMarked;
