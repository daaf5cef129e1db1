/** A small house in which each class breaks one rule. */
@NullMarked
package dev.ovsm.tests.architecture.planted;

import org.jspecify.annotations.NullMarked;
