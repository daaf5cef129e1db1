/**
 * The analyses: ranges of values, bounds of loops, costs of paths, and where untrusted values flow.
 * They know nothing of what a graph was made from.
 */
@NullMarked
package dev.ovsm.verifier.analysis;

import org.jspecify.annotations.NullMarked;
