/** Figures of a run that goes on, for Prometheus. */
@NullMarked
package dev.ovsm.cli.metrics;

import org.jspecify.annotations.NullMarked;
