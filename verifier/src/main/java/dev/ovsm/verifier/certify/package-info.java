/**
 * Finds certificates: proposes claims, asks the checker what it objects to, and mends them until
 * nothing is objected to.
 */
@NullMarked
package dev.ovsm.verifier.certify;

import org.jspecify.annotations.NullMarked;
