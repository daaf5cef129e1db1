/** The reference documents in {@code docs}, which are what the tables of the tool say. */
@NullMarked
package dev.ovsm.tests.reference;

import org.jspecify.annotations.NullMarked;
