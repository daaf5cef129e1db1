/**
 * Checks in one pass what a certificate claims of a program's machine code; knows the machine, and
 * nothing of the analyses that found what it claims.
 */
@NullMarked
package dev.ovsm.verifier.certificate;

import org.jspecify.annotations.NullMarked;
