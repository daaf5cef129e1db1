/** Benchmarks: they print tables and assert nothing; the profile {@code benchmark} runs them. */
@NullMarked
package dev.ovsm.tests.benchmark;

import org.jspecify.annotations.NullMarked;
